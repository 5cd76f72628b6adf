package io.parley.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.parley.config.Limits;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.room.Room;
import io.parley.room.RoomKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The one policy: who may do what, and how often. Thread-safe; never blocks. */
public final class Access {
    private static final long MOST_USERS_REMEMBERED = 1_000_000;

    private final LoadingCache<UserId, Bucket> posts;

    public Access(Limits limits) {
        // A bucket that was not touched for as long as it takes to fill up is as good as a new one.
        Duration full = Duration.ofSeconds(1L + limits.postsBurst() / limits.postsPerSecond());
        this.posts = Caffeine.newBuilder()
                .expireAfterAccess(full.plusMinutes(1))
                .maximumSize(MOST_USERS_REMEMBERED)
                .build(user -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(limits.postsBurst())
                                .refillGreedy(limits.postsPerSecond(), Duration.ofSeconds(1)))
                        .build());
    }

    /** Whether a user may read a room; one that they may not read is not there for them. */
    public Optional<Refusal> read(User user, RoomKind room) {
        return room == RoomKind.PUBLIC ? Optional.empty() : Optional.of(Refusal.noSuchRoom());
    }

    /** Whether a user may make a public room now; a yes counts against the rate of their posts. */
    public Optional<Refusal> open(User user) {
        return rate(user);
    }

    /** Whether a user may post to a room now; a yes counts against their rate. */
    public Optional<Refusal> post(User user, Room room) {
        Optional<Refusal> unreadable = read(user, room.kind());
        return unreadable.isPresent() ? unreadable : rate(user);
    }

    private Optional<Refusal> rate(User user) {
        ConsumptionProbe probe = posts.get(user.id()).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return Optional.empty();
        }
        long wait = 1 + TimeUnit.NANOSECONDS.toMillis(probe.getNanosToWaitForRefill());
        return Optional.of(
                Refusal.later(ErrorCode.RATE_LIMITED, "too many messages in a short time; wait a moment", wait));
    }
}
