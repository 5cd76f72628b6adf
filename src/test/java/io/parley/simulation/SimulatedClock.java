package io.parley.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes when it is told to: the wall's, which may be set back, and the one that only goes forward. Confined to one thread. */
final class SimulatedClock extends Clock {
    private static final long BEGAN = Instant.parse("2026-11-01T12:00:00Z").toEpochMilli();

    private long nanos;
    private long wallOffsetMillis;

    void passMillis(long millis) {
        nanos += millis * 1_000_000;
    }

    void setWallBy(long millis) {
        wallOffsetMillis += millis;
    }

    long nanoTime() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(BEGAN + wallOffsetMillis + nanos / 1_000_000);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
