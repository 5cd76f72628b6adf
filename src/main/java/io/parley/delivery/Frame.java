package io.parley.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one write carries: text as UTF-8, to be sent as a text or as a binary message. Thread-safe; shared by many readers.
 */
public final class Frame {
    private final byte[] utf8;
    private final boolean binary;
    private final @Nullable Reach reach;
    private volatile byte @Nullable [] blocks;
    private volatile @Nullable String text;
    private volatile byte @Nullable [] webSocket;

    private Frame(byte[] utf8, boolean binary, @Nullable Reach reach) {
        this.utf8 = utf8;
        this.binary = binary;
        this.reach = reach;
    }

    /** A text message. */
    public static Frame text(byte[] utf8) {
        return new Frame(utf8, false, null);
    }

    /** A binary message. */
    public static Frame binary(byte[] utf8) {
        return new Frame(utf8, true, null);
    }

    /** A text or a binary message after which its reader is further than before. */
    static Frame reaching(Reach reach, byte[] utf8, boolean binary) {
        return new Frame(utf8, binary, reach);
    }

    /** How far its reader is with it; empty for what moves nobody: signals, and what is said to one client alone. */
    public Optional<Reach> reach() {
        return Optional.ofNullable(reach);
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

    /** Its lines as blocks of an event stream, each {@code data:} and an empty line; made once for all who share the frame, not to be changed. */
    public byte[] blocks() {
        byte[] known = blocks;
        if (known == null) {
            known = Lines.blocks(utf8);
            blocks = known;
        }
        return known;
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
