package io.parley.room;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all tails share. Thread-safe.
 *
 * <p>When it is overdrawn, the room that was read longest ago gives up the older half of its tail, and so on until an eighth is free: the
 * rooms are gone through for many entries at once.
 */
public final class TailBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong clock = new AtomicLong();
    private final Set<Room> rooms = ConcurrentHashMap.newKeySet();

    /** @param limit most {@link Entry#weight()} of all tails together, in bytes */
    public TailBudget(long limit) {
        this.limit = limit;
    }

    /** What all tails take together, in bytes, about. */
    public long used() {
        return used.get();
    }

    /** Rises with every reading, so that rooms can be compared by when they were read. */
    long tick() {
        return clock.incrementAndGet();
    }

    void enter(Room room) {
        rooms.add(room);
    }

    void leave(Room room, long freed) {
        rooms.remove(room);
        used.addAndGet(-freed);
    }

    void freed(long weight) {
        used.addAndGet(-weight);
    }

    /** Counts what was added; called without any room's lock, since it may take that of another. */
    void added(long weight) {
        if (used.addAndGet(weight) > limit) {
            shrinkTo(limit - limit / 8);
        }
    }

    /** How many rooms have a tail. */
    int rooms() {
        return rooms.size();
    }

    private void shrinkTo(long goal) {
        // Ages are taken down first: rooms are read while they are sorted.
        List<Aged> coldestFirst = rooms.stream()
                .map(room -> new Aged(room, room.lastRead()))
                .sorted(Comparator.comparingLong(Aged::lastRead))
                .toList();
        for (Aged aged : coldestFirst) {
            do {
                if (used.get() <= goal) {
                    return;
                }
            } while (aged.room.giveUpOlderHalf());
        }
    }

    private record Aged(Room room, long lastRead) {}
}
