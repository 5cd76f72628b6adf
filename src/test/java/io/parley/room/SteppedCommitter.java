package io.parley.room;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.config.Limits;
import java.time.Clock;
import java.time.Duration;

/** A committer whose thread was never started: somebody else takes its steps. Confined to one thread. */
public final class SteppedCommitter {
    private final Committer committer;

    public SteppedCommitter(RoomLog log, Limits limits, Clock clock, MeterRegistry meters) {
        committer = new Committer(log, limits, clock, meters);
    }

    public Committer committer() {
        return committer;
    }

    public boolean isReady() {
        return committer.queued() > 0;
    }

    /** Commits one group. */
    public void step() {
        try {
            committer.step();
        } catch (InterruptedException e) {
            throw new AssertionError("nothing was to be waited for", e);
        }
    }

    /** Lets nothing more in. */
    public void close() {
        committer.close(Duration.ZERO);
    }
}
