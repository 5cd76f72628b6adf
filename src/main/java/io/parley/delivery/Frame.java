package io.parley.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one write carries: text as UTF-8, to be sent as a text or as a binary message. Thread-safe; shared by many readers.
 */
public final class Frame {
    private final byte[] utf8;
    private final boolean binary;
    private volatile @Nullable String text;
    private volatile byte @Nullable [] webSocket;

    private Frame(byte[] utf8, boolean binary) {
        this.utf8 = utf8;
        this.binary = binary;
    }

    /** A text message. */
    public static Frame text(byte[] utf8) {
        return new Frame(utf8, false);
    }

    /** A binary message. */
    public static Frame binary(byte[] utf8) {
        return new Frame(utf8, true);
    }

    public boolean isBinary() {
        return binary;
    }

    /** The content as text; decoded once for all who share the frame. */
    public String text() {
        String known = text;
        if (known == null) {
            known = new String(utf8, StandardCharsets.UTF_8);
            text = known;
        }
        return known;
    }

    /** The content, with a position of its own. Not to be written into; Open Liberty sends no buffer that is read-only. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(utf8);
    }

    /**
     * The whole as a server's WebSocket frame, final and unmasked (RFC 6455 §5.2), with a position of its own; made once for all who share
     * it. Not to be written into.
     */
    public ByteBuffer webSocket() {
        byte[] known = webSocket;
        if (known == null) {
            known = WebSocketFrame.of(utf8, binary);
            webSocket = known;
        }
        return ByteBuffer.wrap(known);
    }

    /** Its length in bytes. */
    public int length() {
        return utf8.length;
    }
}
