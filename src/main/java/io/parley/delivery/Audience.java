package io.parley.delivery;

import java.time.Duration;

/**
 * What a client that only listens wants. Immutable.
 *
 * @param hears whether it is told of more than entries: of who comes and goes, and of what passes
 * @param seen whether it is present in its rooms, until a minute after it is gone
 * @param ping how often something is written to it, whether or not there is anything to say
 */
public record Audience(boolean hears, boolean seen, Duration ping) {
    Manner manner(Attendance leases) {
        return new Manner(seen ? leases : Attendance.UNSEEN, false, hears, ping.toNanos());
    }
}
