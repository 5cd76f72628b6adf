package io.parley.room;

import io.parley.identity.User;
import io.parley.identity.UserId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One user who is here, and how far they have read. Thread-safe.
 *
 * <p>All connections of a user share it; each closes it once. What is asked for waits for the next {@link ReadMarks#flush}, where the marks of
 * one room have become one.
 */
public final class Reader implements AutoCloseable {
    private static final CompletionStage<Written> DONE = CompletableFuture.completedFuture(new Written.Done());

    private final UserId id;
    private final ReadMarks all;
    private final CompletableFuture<Boolean> loaded = new CompletableFuture<>();
    private final LinkedHashMap<RoomId, Wanted> wanted = new LinkedHashMap<>();
    private Map<RoomId, ReadMark> marks = Map.of();
    private volatile boolean losing;
    private boolean writing;
    private int connections;

    Reader(UserId id, ReadMarks all) {
        this.id = id;
        this.all = all;
    }

    UserId id() {
        return id;
    }

    /** How far the user has read in a room, if they have ever said so. */
    public synchronized Optional<ReadMark> mark(RoomId room) {
        return Optional.ofNullable(marks.get(room));
    }

    /**
     * Moves the mark of a room forward; never back.
     *
     * @return done when the mark is there, which may have been before
     */
    public CompletionStage<Written> read(User user, Room room, long seq) {
        CompletableFuture<Written> promise;
        synchronized (this) {
            ReadMark known = marks.get(room.id());
            if (known != null && seq <= known.seq()) {
                return DONE;
            }
            if (known == null && marks.size() + wanted.size() >= ReadMark.MOST_ROOMS) {
                return CompletableFuture.completedFuture(new Written.Refused(Written.Reason.TOO_MANY_ROOMS));
            }
            promise = want(user, room.id(), Optional.of(room.name()), seq);
        }
        all.waits(this);
        return promise;
    }

    /** The user has posted, and is stored from now on: so are the marks that they had before. */
    public void posted(User user) {
        if (!losing) {
            return;
        }
        synchronized (this) {
            losing = false;
            marks.forEach((room, mark) -> {
                if (!mark.stored()) {
                    CompletableFuture<Written> unused = want(user, room, Optional.empty(), mark.seq());
                }
            });
        }
        all.waits(this);
    }

    /** One connection less. */
    @Override
    public void close() {
        boolean unused;
        synchronized (this) {
            connections--;
            unused = isUnused();
        }
        if (unused) {
            all.forget(this);
        }
    }

    synchronized void opened() {
        connections++;
    }

    synchronized boolean isUnused() {
        return connections == 0 && wanted.isEmpty() && !writing;
    }

    /** Complete when the stored marks are there. */
    CompletableFuture<Boolean> loaded() {
        return loaded;
    }

    synchronized void load(Map<RoomId, ReadMark> stored) {
        marks = new HashMap<>(stored);
    }

    /** Takes what waits, to be written; empty when there is nothing, or a write is under way. */
    synchronized Map<RoomId, Wanted> take() {
        if (writing || wanted.isEmpty()) {
            return Map.of();
        }
        Map<RoomId, Wanted> taken = new LinkedHashMap<>(wanted);
        wanted.clear();
        writing = true;
        return taken;
    }

    /**
     * The write is answered: remembers the marks, and gives those by which something has moved.
     *
     * @param asked the rooms that it was about
     */
    synchronized Map<RoomId, ReadMark> written(Set<RoomId> asked, Map<RoomId, ReadMark> now) {
        writing = false;
        Map<RoomId, ReadMark> moved = new LinkedHashMap<>();
        now.forEach((room, mark) -> {
            ReadMark before = marks.put(room, mark);
            if (before == null || before.seq() < mark.seq()) {
                moved.put(room, mark);
            }
        });
        // Also those that were kept in memory before, and whose turn to be stored came to nothing.
        losing |= asked.stream().map(marks::get).anyMatch(mark -> mark != null && !mark.stored());
        return moved;
    }

    synchronized boolean waits() {
        return !wanted.isEmpty();
    }

    private CompletableFuture<Written> want(User user, RoomId room, Optional<RoomName> name, long seq) {
        Wanted before = wanted.get(room);
        Wanted now = before == null
                ? new Wanted(user, name, seq, new CompletableFuture<>())
                : new Wanted(user, name.or(before::name), Math.max(seq, before.seq), before.promise);
        wanted.put(room, now);
        return now.promise;
    }

    /**
     * A mark that waits to be written.
     *
     * @param name of the room, where others are to be told
     */
    record Wanted(User user, Optional<RoomName> name, long seq, CompletableFuture<Written> promise) {}
}
