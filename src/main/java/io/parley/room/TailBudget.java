package io.parley.room;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all tails share. Thread-safe.
 *
 * <p>When it is overdrawn, the room that was read longest ago gives up the older half of its tail, and so on until it fits.
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
        used.addAndGet(weight);
        while (used.get() > limit) {
            Room coldest =
                    rooms.stream().min(Comparator.comparingLong(Room::lastRead)).orElse(null);
            if (coldest == null || !coldest.giveUpOlderHalf()) {
                return;
            }
        }
    }
}
