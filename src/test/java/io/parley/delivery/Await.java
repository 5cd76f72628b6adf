package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. Stateless. */
final class Await {
    /** Long enough for a machine that is busy with other things; nothing waits so long when all is well. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long LOOK_AGAIN_NANOS = 500_000;

    private Await() {}

    /** Returns once the condition holds, and fails the test when it does not come to hold. */
    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                fail("waited in vain: " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
