package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class SerialTasksTest {
    private static final int ROUNDS = 50_000;

    @Test
    void noTaskIsLeftBehindWhenTwoThreadsMeet() throws Exception {
        SerialTasks tasks = new SerialTasks();
        CyclicBarrier barrier = new CyclicBarrier(2);
        // Not atomic, and not volatile: one at a time, each seeing what the one before did.
        int[] ran = new int[1];
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                both.add(threads.submit(() -> {
                    for (int round = 1; round <= ROUNDS; round++) {
                        barrier.await();
                        tasks.run(() -> ran[0]++);
                        barrier.await();
                        assertEquals(2 * round, ran[0]);
                        barrier.await();
                    }
                    return null;
                }));
            }
            for (Future<?> each : both) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatATaskGivesRunsAfterIt() {
        SerialTasks tasks = new SerialTasks();
        List<String> ran = new ArrayList<>();
        tasks.run(() -> {
            tasks.run(() -> ran.add("second"));
            ran.add("first");
        });
        assertEquals(List.of("first", "second"), ran);
    }

    @Test
    void aFailureHoldsUpNothing() {
        SerialTasks tasks = new SerialTasks();
        List<String> ran = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException("the first fails");
        assertEquals(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> tasks.run(() -> {
                            tasks.run(() -> ran.add("second"));
                            throw failure;
                        })));
        tasks.run(() -> ran.add("third"));
        assertEquals(List.of("second", "third"), ran);
    }
}
