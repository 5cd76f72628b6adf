package io.parley.delivery;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a thread up until the test lets it pass. Thread-safe. */
final class Gate {
    private final CountDownLatch somebody = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits until the gate is open, as all do from then on. */
    void pass() {
        somebody.countDown();
        await(opened);
    }

    /** Waits until somebody stands before the gate. */
    void awaitSomebody() {
        await(somebody);
    }

    void open() {
        opened.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain at a gate");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
