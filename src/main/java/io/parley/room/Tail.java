package io.parley.room;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of one room, in memory: a ring indexed by {@code seq}. Confined to its room's lock.
 *
 * <p>It has no holes. Where it begins is memory's affair: what is not in it is read from the log.
 */
final class Tail {
    private static final int SMALLEST = 16;

    // A power of two, so that a seq's place is its low bits.
    private @Nullable TailEntry[] ring = new @Nullable TailEntry[SMALLEST];
    private long first = 1;
    private long next = 1;
    private long weight;

    /** Adds an entry; what lies before a hole is dropped. */
    void add(TailEntry entry) {
        long seq = entry.entry().seq();
        if (seq != next) {
            clear();
            first = seq;
            next = seq;
        }
        if (next - first == ring.length) {
            resize(2 * ring.length);
        }
        ring[place(seq)] = entry;
        next = seq + 1;
        weight += entry.entry().weight();
    }

    /** Whether everything after a position, up to the newest entry, is in it. */
    boolean covers(long after) {
        return first < next && after + 1 >= first;
    }

    /** The entries from {@code after + 1} to {@code upTo} that it holds; the caller has asked {@link #covers}. */
    List<TailEntry> between(long after, long upTo) {
        long end = Math.min(upTo + 1, next);
        List<TailEntry> found = new ArrayList<>((int) Math.max(0, end - after - 1));
        for (long seq = after + 1; seq < end; seq++) {
            TailEntry entry = ring[place(seq)];
            if (entry == null) {
                throw new IllegalStateException("a hole in the tail at " + seq);
            }
            found.add(entry);
        }
        return found;
    }

    /** Erases a message and its edits: whoever reads on from here is told what a reader of the log is told. */
    void erase(RoomName room, long message) {
        for (long seq = Math.max(message, first); seq < next; seq++) {
            TailEntry held = ring[place(seq)];
            if (held != null && (seq == message || (held.entry() instanceof Entry.Edit edit && edit.of() == message))) {
                TailEntry erased = new TailEntry(room, held.entry().erased());
                weight += erased.entry().weight() - held.entry().weight();
                ring[place(seq)] = erased;
            }
        }
    }

    /** Lets go of the older half; gives the weight that was freed. */
    long dropOlderHalf() {
        long before = weight;
        long keepFrom = first + (next - first + 1) / 2;
        for (; first < keepFrom; first++) {
            TailEntry entry = ring[place(first)];
            weight -= entry == null ? 0 : entry.entry().weight();
            ring[place(first)] = null;
        }
        int fits = Integer.highestOneBit((int) Math.max(SMALLEST, 2 * (next - first)));
        if (fits < ring.length) {
            resize(fits);
        }
        return before - weight;
    }

    /** Lets go of everything; gives the weight that was freed. */
    long clear() {
        long freed = weight;
        Arrays.fill(ring, null);
        if (ring.length > SMALLEST) {
            ring = new @Nullable TailEntry[SMALLEST];
        }
        first = next;
        weight = 0;
        return freed;
    }

    long weight() {
        return weight;
    }

    private void resize(int length) {
        @Nullable TailEntry[] wider = new @Nullable TailEntry[length];
        for (long seq = first; seq < next; seq++) {
            wider[(int) (seq & (length - 1))] = ring[place(seq)];
        }
        ring = wider;
    }

    private int place(long seq) {
        return (int) (seq & (ring.length - 1));
    }
}
