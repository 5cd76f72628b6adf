package io.parley.embedded;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time, in the order given, on the threads of those who give them. Thread-safe.
 *
 * <p>Whoever gives a task while another runs leaves it to that thread. None is left behind: whoever counts down to zero has run all.
 */
final class SerialTasks {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    /**
     * Runs a task, and those that others give meanwhile; or leaves it to the thread that is at it.
     *
     * @throws RuntimeException what a task threw last, after all have run
     */
    void run(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() != 0) {
            return;
        }
        RuntimeException thrown = null;
        do {
            thrown = thrownBy(tasks.remove(), thrown);
        } while (pending.decrementAndGet() != 0);
        if (thrown != null) {
            throw thrown;
        }
    }

    private static @Nullable RuntimeException thrownBy(Runnable task, @Nullable RuntimeException before) {
        try {
            task.run();
            return before;
        } catch (RuntimeException e) {
            return e;
        }
    }
}
