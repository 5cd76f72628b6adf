package io.parley.room;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The rooms in memory: one {@link Room} for a name as long as anybody holds it. Thread-safe.
 *
 * <p>Whoever acquires a room releases it. What is held by nobody is forgotten and read anew from the log the next time.
 */
public final class Rooms {
    private final RoomLog log;
    private final Executor readers;
    private final TailBudget budget;
    private final ConcurrentHashMap<RoomName, Slot> slots = new ConcurrentHashMap<>();

    /** @param readers where the log may be read; its refusal fails the stage */
    public Rooms(RoomLog log, Executor readers, TailBudget budget) {
        this.log = log;
        this.readers = readers;
        this.budget = budget;
    }

    /** How many rooms are held. */
    public int size() {
        return slots.size();
    }

    /**
     * Holds the room of that name. The stage is complete at once when somebody else holds it already.
     *
     * @return empty when there is no such room, and then nothing is held; fails when the log cannot be read
     */
    public CompletionStage<Optional<Room>> acquire(RoomName name) {
        Slot mine = new Slot();
        Slot slot = slots.compute(name, (key, held) -> {
            Slot kept = held == null ? mine : held;
            kept.holders++;
            return kept;
        });
        if (slot == mine) {
            load(name, mine);
        }
        return slot.room;
    }

    /** Holds once more a room that the caller holds; it is to be released once more. */
    public void hold(Room room) {
        slots.computeIfPresent(room.name(), (name, slot) -> {
            slot.holders++;
            return slot;
        });
    }

    /** Lets go of a room that was acquired. */
    public void release(Room room) {
        slots.computeIfPresent(room.name(), (name, slot) -> --slot.holders == 0 ? null : slot);
    }

    /** Public rooms in the order of their names. Blocks: for readers. */
    public List<RoomInfo> publicRooms(Optional<RoomName> after, int limit) {
        return log.publicRooms(after, limit);
    }

    private void load(RoomName name, Slot slot) {
        try {
            readers.execute(() -> {
                try {
                    Optional<Room> room = log.find(name).map(info -> new Room(info, budget));
                    if (room.isEmpty()) {
                        // Out of the way before anybody is answered: whoever then makes the room must find a fresh
                        // slot.
                        slots.remove(name, slot);
                    }
                    slot.room.complete(room);
                } catch (RuntimeException | Error e) {
                    fail(name, slot, e);
                }
            });
        } catch (RuntimeException | Error e) {
            fail(name, slot, e);
        }
    }

    private void fail(RoomName name, Slot slot, Throwable cause) {
        slots.remove(name, slot);
        slot.room.completeExceptionally(cause);
    }

    /** {@code holders} is confined to the map's own lock for its key. */
    private static final class Slot {
        final CompletableFuture<Optional<Room>> room = new CompletableFuture<>();
        int holders;
    }
}
