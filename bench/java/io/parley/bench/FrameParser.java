package io.parley.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Takes a server's frames apart (RFC 6455 §5.2), where they lie. Confined to the generator's thread.
 *
 * <p>A whole frame is handed on as a window of the buffer it came in; only a message in several frames is copied together.
 */
final class FrameParser {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int LONGEST_MESSAGE_BYTES = 320 * 1024;
    private static final int LONGEST_CONTROL_BYTES = 125;
    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int LENGTH_IN_2 = 126;
    private static final int LENGTH_IN_8 = 127;

    /** Takes what was received. */
    interface Receiver {
        /**
         * Takes a whole message.
         *
         * @param payload from position to limit; valid only during the call
         */
        void message(ByteBuffer payload);

        /**
         * Takes a control frame.
         *
         * @param opcode {@link #CLOSE}, {@link #PING} or {@link #PONG}
         */
        void control(int opcode, byte[] payload);
    }

    private byte[] gathered = new byte[0];
    private int gatheredBytes;
    private boolean gathering;

    /** Takes as many whole frames as there are and leaves the rest; true when the rest is the beginning of a frame. */
    boolean parse(ByteBuffer in, Receiver receiver) {
        while (in.remaining() >= 2) {
            int begin = in.position();
            int first = in.get(begin) & 0xFF;
            int second = in.get(begin + 1) & 0xFF;
            if ((first & RESERVED) != 0 || (second & MASKED) != 0) {
                throw new Broken("a frame with reserved bits or a mask");
            }
            int header = headerBytes(second);
            if (in.remaining() < header) {
                return true;
            }
            long length = length(in, begin, second);
            if (length > LONGEST_MESSAGE_BYTES) {
                throw new Broken("a frame of " + length + " bytes");
            }
            if (in.remaining() < header + length) {
                return true;
            }
            int limit = in.limit();
            int end = begin + header + (int) length;
            in.limit(end).position(begin + header);
            dispatch(first, in, receiver);
            in.limit(limit).position(end);
        }
        return in.hasRemaining();
    }

    private void dispatch(int first, ByteBuffer payload, Receiver receiver) {
        int opcode = first & 0x0F;
        boolean last = (first & FIN) != 0;
        if (opcode >= CLOSE) {
            if (!last || payload.remaining() > LONGEST_CONTROL_BYTES || opcode > PONG) {
                throw new Broken("an ill-formed control frame");
            }
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            receiver.control(opcode, bytes);
            return;
        }
        if (opcode > BINARY || (opcode == CONTINUATION) != gathering) {
            throw new Broken("a frame of opcode " + opcode + (gathering ? " within" : " outside") + " a message");
        }
        if (last && !gathering) {
            receiver.message(payload);
            return;
        }
        gather(payload);
        gathering = !last;
        if (last) {
            ByteBuffer whole = ByteBuffer.allocateDirect(gatheredBytes);
            whole.put(gathered, 0, gatheredBytes).flip();
            gatheredBytes = 0;
            receiver.message(whole);
        }
    }

    private void gather(ByteBuffer payload) {
        int bytes = payload.remaining();
        if (gatheredBytes + bytes > LONGEST_MESSAGE_BYTES) {
            throw new Broken("a message of more than " + LONGEST_MESSAGE_BYTES + " bytes");
        }
        if (gathered.length < gatheredBytes + bytes) {
            gathered = Arrays.copyOf(gathered, Math.max(2 * gathered.length, gatheredBytes + bytes));
        }
        payload.get(gathered, gatheredBytes, bytes);
        gatheredBytes += bytes;
    }

    private static int headerBytes(int second) {
        return switch (second) {
            case LENGTH_IN_2 -> 2 + Short.BYTES;
            case LENGTH_IN_8 -> 2 + Long.BYTES;
            default -> 2;
        };
    }

    private static long length(ByteBuffer in, int begin, int second) {
        return switch (second) {
            case LENGTH_IN_2 -> in.getShort(begin + 2) & 0xFFFF;
            case LENGTH_IN_8 -> {
                long length = in.getLong(begin + 2);
                if (length < 0) {
                    throw new Broken("a frame of negative length");
                }
                yield length;
            }
            default -> second;
        };
    }
}
