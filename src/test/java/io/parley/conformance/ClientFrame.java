package io.parley.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Frames as a client sends them, good and bad (RFC 6455 §5.2). Stateless. */
public final class ClientFrame {
    public static final int FIN = 0x80;
    public static final int RSV1 = 0x40;
    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    private static final int MASKED = 0x80;

    private ClientFrame() {}

    public static byte[] text(String text) {
        return masked(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] binary(byte[] payload) {
        return masked(FIN | BINARY, payload);
    }

    public static byte[] ping(byte[] payload) {
        return masked(FIN | PING, payload);
    }

    public static byte[] pong(byte[] payload) {
        return masked(FIN | PONG, payload);
    }

    public static byte[] close(int code) {
        return masked(FIN | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    /** Any frame, by the whole of its first byte. */
    public static byte[] masked(int firstByte, byte[] payload) {
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
    public static byte[] unmasked(int firstByte, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(headLength(payload.length) + payload.length);
        head(frame, firstByte, 0, payload.length);
        return frame.put(payload).array();
    }

    /** One write of several frames. */
    public static byte[] joined(List<byte[]> frames) {
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
