package io.parley.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one room in one subprotocol, joined into one frame for all who stand at the same cursor. Thread-safe.
 *
 * @see Batches
 */
final class Batch {
    private final long from;
    private final long to;
    private final byte[] utf8;
    private volatile @Nullable Frame text;
    private volatile @Nullable Frame binary;

    private Batch(long from, long to, byte[] utf8) {
        this.from = from;
        this.to = to;
        this.utf8 = utf8;
    }

    /**
     * Joins lines, with a newline between them.
     *
     * @param from the cursor before the first of them
     * @param to the cursor after the last
     */
    static Batch join(long from, long to, List<byte[]> lines) {
        return new Batch(from, to, lines.size() == 1 ? lines.get(0) : Lines.join(lines));
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    /** Whether its subprotocol has no words for what is in it. */
    boolean isSilent() {
        return utf8.length == 0;
    }

    Frame frame(boolean asBinary) {
        Frame known = asBinary ? binary : text;
        if (known != null) {
            return known;
        }
        if (asBinary) {
            Frame made = Frame.binary(utf8);
            binary = made;
            return made;
        }
        Frame made = Frame.text(utf8);
        text = made;
        return made;
    }
}
