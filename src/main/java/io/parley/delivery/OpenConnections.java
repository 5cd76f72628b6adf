package io.parley.delivery;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts the connections that are open, so that the end can wait for theirs. Thread-safe. */
final class OpenConnections {
    private int open;

    synchronized void opened() {
        open++;
    }

    synchronized void closed() {
        if (--open == 0) {
            notifyAll();
        }
    }

    synchronized int count() {
        return open;
    }

    /** Waits until there is none, for at most that long. */
    synchronized void awaitNone(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (open > 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
    }
}
