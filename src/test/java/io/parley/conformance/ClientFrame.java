package io.parley.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Frames as a client sends them, good and bad (RFC 6455 §5.2). Stateless. */
final class ClientFrame {
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int MASKED = 0x80;

    private ClientFrame() {}

    static byte[] text(String text) {
        return masked(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] binary(byte[] payload) {
        return masked(FIN | BINARY, payload);
    }

    static byte[] ping(byte[] payload) {
        return masked(FIN | PING, payload);
    }

    static byte[] pong(byte[] payload) {
        return masked(FIN | PONG, payload);
    }

    static byte[] close(int code) {
        return masked(FIN | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    /** Any frame, by the whole of its first byte. */
    static byte[] masked(int firstByte, byte[] payload) {
        byte[] key = new byte[4];
        ThreadLocalRandom.current().nextBytes(key);
        ByteBuffer frame = ByteBuffer.allocate(headLength(payload.length) + 4 + payload.length);
        head(frame, firstByte, MASKED, payload.length);
        frame.put(key);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ key[i & 3]));
        }
        return frame.array();
    }

    /** What no client may send (RFC 6455 §5.1). */
    static byte[] unmasked(int firstByte, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(headLength(payload.length) + payload.length);
        head(frame, firstByte, 0, payload.length);
        return frame.put(payload).array();
    }

    /** One write of several frames. */
    static byte[] joined(List<byte[]> frames) {
        ByteBuffer all = ByteBuffer.allocate(
                frames.stream().mapToInt(frame -> frame.length).sum());
        frames.forEach(all::put);
        return all.array();
    }

    private static int headLength(int length) {
        return length < 126 ? 2 : length < 65_536 ? 4 : 10;
    }

    private static void head(ByteBuffer frame, int firstByte, int mask, int length) {
        frame.put((byte) firstByte);
        if (length < 126) {
            frame.put((byte) (mask | length));
        } else if (length < 65_536) {
            frame.put((byte) (mask | 126)).putShort((short) length);
        } else {
            frame.put((byte) (mask | 127)).putLong(length);
        }
    }
}
