package io.parley.presence;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.room.RoomName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Who is in which room. Thread-safe; never blocks.
 *
 * <p>A room's presence has a version that rises with every change. Whoever follows it keeps the version seen last and asks what changed
 * {@linkplain #since since}: changes collapse for those who ask rarely, and turn into one reset for those who ask too late. Followers
 * are woken by {@link #announce}, which a timer calls, so that a thousand arrivals make a few events and not a million.
 */
public final class Presence {
    private final int longestList;
    // One counter for all rooms: a room that was left by all and entered again never reuses a version.
    private final AtomicLong versions = new AtomicLong();
    private final ConcurrentHashMap<RoomName, RoomPresence> rooms = new ConcurrentHashMap<>();
    private final Set<RoomName> changed = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<Consumer<RoomName>> listeners = new CopyOnWriteArrayList<>();

    /** @param longestList longest list of people that is spelt out; above it there is only a count */
    public Presence(int longestList) {
        this.longestList = longestList;
    }

    /** Is told of rooms whose presence has changed. Must not block. */
    public void listen(Consumer<RoomName> listener) {
        listeners.add(listener);
    }

    /** One more connection of a user is in a room. */
    public void enter(RoomName room, User user) {
        rooms.compute(room, (name, present) -> {
            RoomPresence entered = present == null ? new RoomPresence(versions.get()) : present;
            if (entered.enter(user, versions)) {
                changed.add(name);
            }
            return entered;
        });
    }

    /** One connection of a user less is in a room. */
    public void leave(RoomName room, UserId user) {
        rooms.computeIfPresent(room, (name, present) -> {
            if (present.leave(user, versions)) {
                changed.add(name);
            }
            return present.isEmpty() ? null : present;
        });
    }

    /** A user who is in a room has another name now. */
    public void rename(RoomName room, User user) {
        rooms.computeIfPresent(room, (name, present) -> {
            if (present.rename(user, versions)) {
                changed.add(name);
            }
            return present;
        });
    }

    /** Who is in a room now. */
    public Present in(RoomName room) {
        RoomPresence present = rooms.get(room);
        return present == null ? new Present(versions.get(), List.of(), 0) : present.all(longestList);
    }

    /** The rooms that somebody is in, with who is; in no particular order. */
    public Map<RoomName, List<User>> everywhere() {
        Map<RoomName, List<User>> all = new HashMap<>();
        rooms.forEach(
                (room, present) -> all.put(room, present.all(Integer.MAX_VALUE).users()));
        return all;
    }

    /** What changed in a room since a version; empty when nothing did. */
    public Optional<PresenceChange> since(RoomName room, long version) {
        RoomPresence present = rooms.get(room);
        return present == null ? Optional.empty() : present.since(version, longestList);
    }

    /** Wakes the followers of every room that has changed since the last time. */
    public void announce() {
        for (RoomName room : List.copyOf(changed)) {
            changed.remove(room);
            listeners.forEach(listener -> listener.accept(room));
        }
    }
}
