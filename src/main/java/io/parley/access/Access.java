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

    // Who types in two rooms says so about once a second.
    private static final int SIGNALS_PER_SECOND = 5;
    private static final int SIGNALS_BURST = 20;

    private final LoadingCache<UserId, Bucket> posts;
    private final LoadingCache<UserId, Bucket> signals;
    private final LoadingCache<String, Bucket> newcomers;

    public Access(Limits limits) {
        this.posts = buckets(limits.postsPerSecond(), limits.postsBurst());
        this.signals = buckets(SIGNALS_PER_SECOND, SIGNALS_BURST);
        this.newcomers = buckets(limits.postsPerSecond(), limits.postsBurst());
    }

    private static <K> LoadingCache<K, Bucket> buckets(int perSecond, int burst) {
        // A bucket that was not touched for as long as it takes to fill up is as good as a new one.
        Duration full = Duration.ofSeconds(1L + burst / perSecond);
        return Caffeine.newBuilder()
                .executor(Runnable::run)
                .expireAfterAccess(full.plusMinutes(1))
                .maximumSize(MOST_USERS_REMEMBERED)
                .build(key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
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

    /** Whether a user may tell others now what is no entry; a yes counts against a rate of its own. */
    public Optional<Refusal> signal(User user) {
        return rate(signals, user.id(), "too many signals in a short time; this one was dropped");
    }

    /** Whether somebody whom nobody knows yet may come by a single request now; a yes counts against their address. */
    public Optional<Refusal> newcomer(String address) {
        return rate(newcomers, address, "too many new guests in a short time; send the token that hello gave");
    }

    private Optional<Refusal> rate(User user) {
        return rate(posts, user.id(), "too many messages in a short time; wait a moment");
    }

    private static <K> Optional<Refusal> rate(LoadingCache<K, Bucket> buckets, K key, String otherwise) {
        ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return Optional.empty();
        }
        long wait = 1 + TimeUnit.NANOSECONDS.toMillis(probe.getNanosToWaitForRefill());
        return Optional.of(Refusal.later(ErrorCode.RATE_LIMITED, otherwise, wait));
    }
}
