package io.parley.embedded;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of a client's frames and stops what is too long before anything is buffered.
 *
 * <p>Tyrus collects a frame before it looks at its length, closes with 1011 when its buffer is full, and takes unmasked frames.
 * This looks at each header as it passes (RFC 6455 §5.2), skips over payloads, and keeps nothing but a few counters. Confined to
 * the thread that reads the connection.
 */
final class FrameGuard {

    /** What a client may not send. */
    enum Violation {
        TOO_LONG,
        UNMASKED
    }

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int CONTROL = 0x08;
    private static final int MASK_BYTES = 4;

    private final long limit;

    private int headerSeen;
    private int headerLength;
    private int first;
    private long length;
    private long payloadLeft;
    private long messageBytes;
    private @Nullable Violation violation;

    /** @param limit most bytes of a message, all its fragments together */
    FrameGuard(long limit) {
        this.limit = limit;
    }

    /**
     * Looks at bytes just read; neither position nor limit of the buffer change.
     *
     * @return how many of the bytes may be handled; fewer than there are means {@link #violation()}
     */
    int accept(ByteBuffer bytes) {
        int at = bytes.position();
        int end = bytes.limit();
        while (at < end && violation == null) {
            if (payloadLeft > 0) {
                int skipped = (int) Math.min(payloadLeft, end - at);
                payloadLeft -= skipped;
                at += skipped;
            } else {
                take(bytes.get(at) & 0xff);
                at++;
            }
        }
        return violation == null ? end - bytes.position() : Math.max(0, at - bytes.position() - headerSeen);
    }

    @Nullable
    Violation violation() {
        return violation;
    }

    private void take(int value) {
        headerSeen++;
        if (headerSeen == 1) {
            first = value;
        } else if (headerSeen == 2) {
            beginLength(value);
        } else if (headerSeen <= headerLength - MASK_BYTES) {
            length = length << 8 | value;
        }
        if (violation == null && headerSeen > 1 && headerSeen == headerLength) {
            endHeader();
        }
    }

    private void beginLength(int value) {
        if ((value & MASKED) == 0) {
            violation = Violation.UNMASKED;
            return;
        }
        int code = value & ~MASKED;
        int extended = code == 126 ? 2 : code == 127 ? 8 : 0;
        length = extended == 0 ? code : 0;
        headerLength = 2 + extended + MASK_BYTES;
    }

    private void endHeader() {
        boolean control = (first & CONTROL) != 0;
        if (length < 0 || length > limit || (!control && messageBytes + length > limit)) {
            violation = Violation.TOO_LONG;
            return;
        }
        if (!control) {
            messageBytes = (first & FIN) != 0 ? 0 : messageBytes + length;
        }
        payloadLeft = length;
        headerSeen = 0;
        headerLength = 0;
    }
}
