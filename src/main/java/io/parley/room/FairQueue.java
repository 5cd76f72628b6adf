package io.parley.room;

import io.parley.identity.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits for the committer, taken fairly by room and then by author. Thread-safe.
 *
 * <p>A busy room, or one loud author in a room, takes turns with the others instead of standing in front of them. Of one author in one
 * room the order is kept. Overflow rule: a full queue refuses.
 */
final class FairQueue {
    private final int capacity;
    private final Map<Object, Lane> lanes = new HashMap<>();
    private final ArrayDeque<Lane> turns = new ArrayDeque<>();
    private int size;
    private boolean closed;

    /** @param capacity most writes that may wait */
    FairQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a write; false when the queue is full or closed. */
    synchronized boolean offer(PendingWrite write) {
        if (closed || size >= capacity) {
            return false;
        }
        Lane lane = lanes.get(write.lane());
        if (lane == null) {
            lane = new Lane(write.lane());
            lanes.put(write.lane(), lane);
            turns.addLast(lane);
        }
        lane.add(write);
        if (size++ == 0) {
            notifyAll();
        }
        return true;
    }

    /**
     * Waits until there is something, and takes it.
     *
     * @param mostEntries most writes
     * @param mostWeight most {@link PendingWrite#weight()} together; one write is always given
     * @return empty when the queue is closed and nothing is left
     */
    synchronized List<PendingWrite> take(int mostEntries, int mostWeight) throws InterruptedException {
        while (size == 0) {
            if (closed) {
                return List.of();
            }
            wait();
        }
        List<PendingWrite> taken = new ArrayList<>(Math.min(size, mostEntries));
        int left = mostWeight;
        while (size > 0 && taken.size() < mostEntries) {
            left -= turns.getFirst().first().weight();
            if (left < 0 && !taken.isEmpty()) {
                break;
            }
            taken.add(takeOne());
        }
        return taken;
    }

    /** Lets nothing more in; what is in it can still be taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized int size() {
        return size;
    }

    private PendingWrite takeOne() {
        Lane lane = turns.removeFirst();
        PendingWrite next = lane.take();
        if (lane.isEmpty()) {
            lanes.remove(lane.key);
        } else {
            turns.addLast(lane);
        }
        size--;
        return next;
    }

    /** One room's writes, in turns by author. Confined to the queue's lock. */
    private static final class Lane {
        final Object key;
        private final Map<UserId, ArrayDeque<PendingWrite>> authors = new HashMap<>();
        private final ArrayDeque<ArrayDeque<PendingWrite>> turns = new ArrayDeque<>();

        Lane(Object key) {
            this.key = key;
        }

        void add(PendingWrite write) {
            ArrayDeque<PendingWrite> own = authors.get(write.write().author());
            if (own == null) {
                own = new ArrayDeque<>(2);
                authors.put(write.write().author(), own);
                turns.addLast(own);
            }
            own.addLast(write);
        }

        PendingWrite first() {
            return turns.getFirst().getFirst();
        }

        PendingWrite take() {
            ArrayDeque<PendingWrite> own = turns.removeFirst();
            PendingWrite next = own.removeFirst();
            if (own.isEmpty()) {
                authors.remove(next.write().author());
            } else {
                turns.addLast(own);
            }
            return next;
        }

        boolean isEmpty() {
            return turns.isEmpty();
        }
    }
}
