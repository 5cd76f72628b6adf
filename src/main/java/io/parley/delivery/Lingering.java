package io.parley.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import io.parley.identity.UserId;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who asked something lately and may ask again: they keep their name meanwhile, also one that is stored nowhere yet. Thread-safe.
 *
 * <p>Overflow rule: of more than ten thousand, those go who have asked the least.
 */
final class Lingering {
    private static final Duration A_WHILE = Duration.ofMinutes(2);
    private static final int MOST = 10_000;

    private final Cache<UserId, Person> people;

    Lingering(LongSupplier nanoTime) {
        Ticker ticker = nanoTime::getAsLong;
        // On the caller's thread: the common pool's would hold this class loader.
        people = Caffeine.newBuilder()
                .expireAfterWrite(A_WHILE)
                .maximumSize(MOST)
                .ticker(ticker)
                .executor(Runnable::run)
                .removalListener(Lingering::leaves)
                .build();
    }

    /** Takes over somebody who has gone. */
    void keep(Person person) {
        people.put(person.id(), person);
    }

    /** Lets those go whose time has passed; called now and then. */
    void tidy() {
        people.cleanUp();
    }

    /** All of them go, whoever they are. */
    void end() {
        people.invalidateAll();
    }

    private static void leaves(@Nullable UserId user, @Nullable Person person, RemovalCause cause) {
        if (person != null) {
            person.close();
        }
    }
}
