package io.parley.delivery;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.presence.Presence;
import io.parley.room.RoomName;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who asks now and then is in a room until a minute after they last did (protocol §5). Thread-safe.
 *
 * <p>Overflow rule: while there are too many leases, a departure takes effect at once.
 */
final class Leases implements Attendance {
    static final long LASTS_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST = 100_000;

    private final Presence presence;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<Key, Lease> leases = new ConcurrentHashMap<>();

    /** @param nanoTime a clock that only goes forward */
    Leases(Presence presence, LongSupplier nanoTime) {
        this.presence = presence;
        this.nanoTime = nanoTime;
    }

    @Override
    public void enter(RoomName room, User user) {
        leases.compute(new Key(room, user.id()), (key, held) -> {
            if (held == null) {
                presence.enter(room, user);
                return new Lease(1, 0, false);
            }
            // They may have taken another name since they asked last.
            presence.rename(room, user);
            return new Lease(held.holders + 1, 0, false);
        });
    }

    @Override
    public void leave(RoomName room, UserId user) {
        leases.computeIfPresent(new Key(room, user), (key, held) -> {
            if (held.holders == 1 && (held.ends || leases.mappingCount() > MOST)) {
                return ended(key);
            }
            return new Lease(held.holders - 1, nanoTime.getAsLong() + LASTS_NANOS, held.ends);
        });
    }

    /** Ends those that have run out. Called by a timer, once a second or so. */
    void expire() {
        long now = nanoTime.getAsLong();
        leases.keySet()
                .forEach(key -> leases.computeIfPresent(
                        key, (same, held) -> held.holders == 0 && held.until - now <= 0 ? ended(key) : held));
    }

    /** Ends those of a user who is here no longer: what is still held, as soon as it is let go. */
    void end(UserId user) {
        leases.keySet().stream()
                .filter(key -> key.user.equals(user))
                .forEach(key -> leases.computeIfPresent(
                        key, (same, held) -> held.holders == 0 ? ended(key) : new Lease(held.holders, 0, true)));
    }

    int size() {
        return leases.size();
    }

    private @Nullable Lease ended(Key key) {
        presence.leave(key.room, key.user);
        return null;
    }

    private record Key(RoomName room, UserId user) {}

    /**
     * One user in one room.
     *
     * @param until when it runs out, in nanoseconds, once nobody holds it
     * @param ends whether it does so at once then
     */
    private record Lease(int holders, long until, boolean ends) {}
}
