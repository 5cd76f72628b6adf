package io.parley.delivery;

import java.nio.ByteBuffer;

/** Whole messages as frames of a server: final and unmasked (RFC 6455 §5.2). Stateless. */
final class WebSocketFrame {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int MOST_IN_A_BYTE = 125;
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;
    private static final int MOST_IN_TWO_BYTES = 0xFFFF;

    private WebSocketFrame() {}

    static byte[] of(byte[] payload, boolean binary) {
        int extra =
                payload.length <= MOST_IN_A_BYTE ? 0 : payload.length <= MOST_IN_TWO_BYTES ? Short.BYTES : Long.BYTES;
        ByteBuffer frame = ByteBuffer.allocate(2 + extra + payload.length);
        frame.put((byte) (binary ? FINAL_BINARY : FINAL_TEXT));
        switch (extra) {
            case 0 -> frame.put((byte) payload.length);
            case Short.BYTES -> frame.put((byte) TWO_BYTES_FOLLOW).putShort((short) payload.length);
            default -> frame.put((byte) EIGHT_BYTES_FOLLOW).putLong(payload.length);
        }
        return frame.put(payload).array();
    }
}
