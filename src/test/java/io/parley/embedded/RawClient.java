package io.parley.embedded;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client of bare bytes, for what a well-behaved client never does. */
final class RawClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    RawClient(int port) throws IOException {
        this(port, 0);
    }

    RawClient(int port, int receiveBytes) throws IOException {
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Sends a handshake for the path, with further header lines, and returns the head of the answer. */
    String handshake(String path, String... headers) throws IOException {
        StringBuilder request =
                new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n");
        boolean version = false;
        for (String header : headers) {
            version |= header.startsWith("Sec-WebSocket-Version:");
            request.append(header).append("\r\n");
        }
        if (!version) {
            request.append("Sec-WebSocket-Version: 13\r\n");
        }
        send(request.append("\r\n").toString());
        return head();
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends a masked frame of zeros under a mask of zeros. */
    RawClient frame(int first, byte[] payload) throws IOException {
        return send(header(first, payload.length)).send(payload);
    }

    /** The header of a frame with a mask of zeros. */
    static byte[] header(int first, long length) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) first);
        if (length >= 0 && length < 126) {
            header.put((byte) (0x80 | length));
        } else if (length >= 0 && length < 65_536) {
            header.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            header.put((byte) (0x80 | 127)).putLong(length);
        }
        byte[] bytes = new byte[header.putInt(0).position()];
        header.flip().get(bytes);
        return bytes;
    }

    /** Reads up to the empty line. */
    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads a frame of the server: its first byte and its payload. */
    Frame frame() throws IOException {
        int first = in.readUnsignedByte();
        int code = in.readUnsignedByte();
        long length = code == 126 ? in.readUnsignedShort() : code == 127 ? in.readLong() : code;
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        return new Frame(first, ByteBuffer.wrap(payload));
    }

    /** Whether the server has ended its half; throws when nothing comes in time. */
    boolean ended() throws IOException {
        return in.read() < 0;
    }

    /** Reads up to the end of the connection. */
    void rest() throws IOException {
        in.readAllBytes();
    }

    /** What comes up to the end of the connection, whichever way it ends. */
    String remaining() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            in.transferTo(rest);
        } catch (SocketException reset) {
            // Its peer closed it with something unread.
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Frame(int first, ByteBuffer payload) {
        String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }

        /** The code of a close frame. */
        int closeCode() {
            return first == 0x88 && payload.remaining() >= 2 ? payload.getShort(0) & 0xffff : -1;
        }
    }
}
