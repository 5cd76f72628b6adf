package io.parley.presence;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.room.RoomName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What passes in rooms: who is typing, how far somebody has read, what somebody is called now. Thread-safe; never blocks.
 *
 * <p>Like {@link Presence} it has versions: a follower asks what passed {@linkplain #since since} the one seen last, and of several signals of
 * a kind and a user finds the newest only. Overflow rule: a room keeps so many, for so long; who asks too late misses them.
 */
public final class Signals {
    /** How long somebody is typing who does not say so again. */
    public static final Duration TYPING = Duration.ofSeconds(6);

    // Longer than a write to a follower may usually take, so that everybody hears that nobody is typing any more.
    static final Duration KEPT = Duration.ofSeconds(60);

    private final int mostTyping;
    private final LongSupplier nanoTime;
    private final AtomicLong versions = new AtomicLong();
    private final ConcurrentHashMap<RoomName, RoomSignals> rooms = new ConcurrentHashMap<>();
    private final Set<RoomName> changed = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<Consumer<RoomName>> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param mostTyping most people in a room who are typing as far as others know
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public Signals(int mostTyping, LongSupplier nanoTime) {
        this.mostTyping = mostTyping;
        this.nanoTime = nanoTime;
    }

    /** Is told of rooms in which something has passed. Must not block. */
    public void listen(Consumer<RoomName> listener) {
        listeners.add(listener);
    }

    /** In how many rooms something passed lately. */
    public int rooms() {
        return rooms.size();
    }

    /** Somebody is typing in a room, or goes on to. */
    public void typing(RoomName room, User user) {
        in(room, signals -> signals.typing(user, nanoTime.getAsLong(), mostTyping, versions));
    }

    /** Somebody is not typing in a room, any more or at all. */
    public void notTyping(RoomName room, UserId user) {
        rooms.computeIfPresent(room, (name, signals) -> {
            if (signals.notTyping(user, nanoTime.getAsLong(), versions)) {
                changed.add(name);
            }
            return signals;
        });
    }

    /** Somebody has read a room up to there. */
    public void read(RoomName room, User user, long seq) {
        in(room, signals -> signals.pass(user.id(), new Signal.Read(user, seq), nanoTime.getAsLong(), versions));
    }

    /** Somebody who is in a room has another name now. */
    public void profile(RoomName room, User user) {
        in(room, signals -> signals.pass(user.id(), new Signal.Profile(user), nanoTime.getAsLong(), versions));
    }

    /** The version up to which something has passed in a room. */
    public long version(RoomName room) {
        RoomSignals signals = rooms.get(room);
        return signals == null ? versions.get() : signals.version();
    }

    /** The version from which somebody who comes to a room now is told: of nothing that has passed, but of who is typing. */
    public long entering(RoomName room) {
        RoomSignals signals = rooms.get(room);
        return signals == null ? versions.get() : signals.entering();
    }

    /** What passed in a room since a version, in order. */
    public List<Signal.Passed> since(RoomName room, long version) {
        RoomSignals signals = rooms.get(room);
        return signals == null ? List.of() : signals.since(version);
    }

    /** Lets go of what is over, and wakes the followers of every room in which something has passed since the last time. */
    public void announce() {
        long now = nanoTime.getAsLong();
        for (RoomName room : rooms.keySet()) {
            rooms.computeIfPresent(room, (name, signals) -> {
                if (signals.expire(now, versions)) {
                    changed.add(name);
                }
                return signals.isOver(now) ? null : signals;
            });
        }
        for (RoomName room : List.copyOf(changed)) {
            changed.remove(room);
            listeners.forEach(listener -> listener.accept(room));
        }
    }

    private void in(RoomName room, Predicate<RoomSignals> change) {
        rooms.compute(room, (name, known) -> {
            RoomSignals signals = known == null ? new RoomSignals(versions.get()) : known;
            if (change.test(signals)) {
                changed.add(name);
            }
            return signals;
        });
    }
}
