package io.parley.delivery;

import io.parley.room.Position;
import io.parley.room.Room;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one room in one subprotocol, joined into one frame for all who stand at the same cursor. Thread-safe.
 *
 * @see Batches
 */
final class Batch {
    private final Reach reach;
    private final long from;
    private final byte[] utf8;
    private volatile @Nullable Frame text;
    private volatile @Nullable Frame binary;

    private Batch(Reach reach, long from, byte[] utf8) {
        this.reach = reach;
        this.from = from;
        this.utf8 = utf8;
    }

    /**
     * Joins lines, with a newline between them.
     *
     * @param from the cursor before the first of them
     * @param to the cursor after the last
     */
    static Batch join(Room room, long from, long to, List<byte[]> lines) {
        Reach reach = new Reach(room.name(), new Position(room.epoch(), to));
        return new Batch(reach, from, lines.size() == 1 ? lines.get(0) : Lines.join(lines));
    }

    long from() {
        return from;
    }

    long to() {
        return reach.position().seq();
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
            Frame made = Frame.reaching(reach, utf8, true);
            binary = made;
            return made;
        }
        Frame made = Frame.reaching(reach, utf8, false);
        text = made;
        return made;
    }
}
