package io.parley.delivery;

import io.parley.config.Limits;
import java.util.concurrent.TimeUnit;

/**
 * How a connection is served. Immutable.
 *
 * @param attendance how it is seen in the rooms that it follows
 * @param speaks whether it has commands to give, and answers pings; who only listens is alive as long as writes to it end
 * @param hears whether it is told of more than entries: of who comes and goes, and of what passes
 * @param pingNanos how often it is pinged when it is silent, or, if it only listens, in any case
 */
record Manner(Attendance attendance, boolean speaks, boolean hears, long pingNanos) {

    /** As one talks with a client that talks. */
    static Manner talk(Attendance attendance, Limits limits) {
        return new Manner(attendance, true, true, TimeUnit.SECONDS.toNanos(limits.pingSeconds()));
    }
}
