package io.parley.room;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A room in memory: its head, its tail, and who wants to know when it moves. Thread-safe.
 *
 * <p>There is one object for a room as long as anybody holds it, see {@link Rooms}. Only the committer moves its head.
 */
public final class Room {

    /** Is told when a room's head has moved. Called by the committer, without a lock; must not block. */
    public interface Listener {
        void moved(Room room);
    }

    private final RoomName name;
    private final TailBudget budget;
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private final Tail tail = new Tail();

    private volatile RoomInfo info;
    private volatile long head;
    private volatile long erasures;
    private volatile long lastRead;

    Room(RoomInfo info, TailBudget budget) {
        this.name = info.name();
        this.info = info;
        this.head = info.head();
        this.budget = budget;
    }

    public RoomName name() {
        return name;
    }

    public RoomId id() {
        return info.id();
    }

    public RoomKind kind() {
        return info.kind();
    }

    public Epoch epoch() {
        return info.epoch();
    }

    public String topic() {
        return info.topic();
    }

    /** The room as it stands; it does not count messages. */
    public RoomInfo info() {
        RoomInfo known = info;
        return new RoomInfo(
                known.id(), name, known.kind(), known.topic(), known.epoch(), known.first(), head, 0, known.touched());
    }

    /** The oldest entry still kept. */
    public long first() {
        return info.first();
    }

    /** The newest committed entry; 0 before the first. */
    public long head() {
        return head;
    }

    /** Whether a reader at that position can go on without losing anything, as far as this node knows. */
    public boolean canResume(Position position) {
        return position.epoch().equals(epoch()) && position.seq() <= head && position.seq() >= first() - 1;
    }

    /** Rises whenever something was erased: what was made of entries before must be given to nobody any more. */
    public long erasures() {
        return erasures;
    }

    /** From now on the listener hears of every move; while there is one, the room keeps a tail. */
    public void listen(Listener listener) {
        synchronized (lock) {
            listeners.add(listener);
            budget.enter(this);
            // Somebody is about to read it: it is not the one that was read longest ago.
            lastRead = budget.tick();
        }
    }

    /** The listener hears nothing more, but for a move that is under way. */
    public void unlisten(Listener listener) {
        synchronized (lock) {
            listeners.remove(listener);
            if (listeners.isEmpty()) {
                budget.leave(this, tail.clear());
            }
        }
    }

    /**
     * The entries after a position up to {@code upTo}, or empty when the tail does not reach back so far: they are then in the log.
     */
    public Optional<List<TailEntry>> tailBetween(long after, long upTo) {
        lastRead = budget.tick();
        synchronized (lock) {
            return tail.covers(after) ? Optional.of(tail.between(after, upTo)) : Optional.empty();
        }
    }

    /** Takes committed entries, in the order of their {@code seq}. Called by the committer, once for each group. */
    void publish(List<Entry> entries) {
        long added;
        synchronized (lock) {
            long before = tail.weight();
            if (!listeners.isEmpty()) {
                entries.forEach(entry -> tail.add(new TailEntry(name, entry)));
            }
            entries.forEach(this::take);
            added = tail.weight() - before;
            head = entries.get(entries.size() - 1).seq();
        }
        budget.added(added);
        listeners.forEach(listener -> listener.moved(this));
    }

    /**
     * Takes the log's word for where the room stands: what was committed, and never published, is in it. Called by the committer.
     *
     * <p>Also when its head is known: that may have come by entries published since, past those that never were.
     *
     * @param stored the room as the log has it now
     */
    void catchUp(RoomInfo stored) {
        long freed;
        synchronized (lock) {
            freed = tail.clear();
            // Nobody knows what was among it.
            long risen = erasures + 1;
            erasures = risen;
            info = stored;
            head = Math.max(head, stored.head());
        }
        budget.freed(freed);
        listeners.forEach(listener -> listener.moved(this));
    }

    /** Does what an entry says, as far as this room keeps it in memory. Confined to the lock. */
    private void take(Entry entry) {
        if (entry instanceof Entry.Delete delete) {
            tail.erase(name, delete.of());
            long risen = erasures + 1;
            erasures = risen;
        } else if (entry instanceof Entry.Topic topic) {
            info = info.about(topic.topic());
        }
    }

    long lastRead() {
        return lastRead;
    }

    /** Makes room in memory; false when there was nothing to give. */
    boolean giveUpOlderHalf() {
        long freed;
        synchronized (lock) {
            freed = tail.dropOlderHalf();
        }
        budget.freed(freed);
        return freed > 0;
    }
}
