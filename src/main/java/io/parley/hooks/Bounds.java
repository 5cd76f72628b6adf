package io.parley.hooks;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The bounds of outgoing webhooks. Immutable.
 *
 * @param connecting longest connecting to one address
 * @param attempt longest attempt as a whole
 * @param firstPause longest pause after the first failure; it doubles with each further one
 * @param longestPause longest pause at all: whoever fails for days is asked as often as that
 * @param hooks most webhooks
 */
record Bounds(Duration connecting, Duration attempt, Duration firstPause, Duration longestPause, int hooks) {
    static final Bounds USUAL = new Bounds(
            Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofMinutes(10), 1_000);

    private static final int MOST_DOUBLINGS = 30;

    /**
     * How long to wait before the next attempt: anything from a half to the whole, so that those who failed together do not come back together.
     *
     * @param failures how many attempts in a row have failed, 1 or more
     */
    Duration pause(int failures, RandomGenerator random) {
        long doubled = firstPause.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long most = Math.max(1, Math.min(doubled, longestPause.toMillis()));
        return Duration.ofMillis(most - random.nextLong(most / 2 + 1));
    }
}
