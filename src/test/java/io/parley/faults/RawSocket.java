package io.parley.faults;

import io.parley.conformance.ClientFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a WebSocket client of few words sends, and what it finds in the bytes that it was sent (RFC 6455). Stateless. */
final class RawSocket {
    private static final int ADDRESSES = 250;

    private RawSocket() {}

    /** One of many addresses of this machine: a client's ports are few, and a server counts its guests by address. */
    static InetSocketAddress from(int client) {
        return new InetSocketAddress("127.0.1." + (1 + client % ADDRESSES), 0);
    }

    static InetSocketAddress to(URI chat) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), chat.getPort());
    }

    static byte[] handshake(URI chat) {
        return ("GET " + chat.getPath() + " HTTP/1.1\r\nHost: localhost:" + chat.getPort()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: superchat\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A command without an id, which is answered only when it fails. */
    static byte[] joining(String room) {
        return ClientFrame.text("{\"do\":\"join\",\"room\":\"" + room + "\",\"last\":0}");
    }

    /**
     * The code of the close frame that ends all that a server sent.
     *
     * @param received from the first byte of the HTTP answer on
     * @return empty when it was cut off before one
     */
    static Optional<Integer> closeCode(byte[] received) {
        int at = 0;
        while (at + 4 <= received.length && !isHeadsEnd(received, at)) {
            at++;
        }
        at += 4;
        while (at + 2 <= received.length) {
            int opcode = received[at] & 0x0F;
            long length = received[at + 1] & 0x7F;
            int head = length == 126 ? 4 : length == 127 ? 10 : 2;
            if (at + head > received.length) {
                return Optional.empty();
            }
            if (head > 2) {
                length = 0;
                for (int i = 2; i < head; i++) {
                    length = length << 8 | (received[at + i] & 0xFF);
                }
            }
            if (opcode == ClientFrame.CLOSE && at + head + 2 <= received.length) {
                return Optional.of((received[at + head] & 0xFF) << 8 | (received[at + head + 1] & 0xFF));
            }
            at += head + Math.toIntExact(length);
        }
        return Optional.empty();
    }

    private static boolean isHeadsEnd(byte[] received, int at) {
        return received[at] == '\r' && received[at + 1] == '\n' && received[at + 2] == '\r' && received[at + 3] == '\n';
    }
}
