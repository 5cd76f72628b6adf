package io.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ThreadsTest {
    @Test
    void atTheEndManyConnectionsAreClosedAtTheSameTime() {
        int many = 40;
        CountDownLatch all = new CountDownLatch(many);
        Threads threads = new Threads(new SimpleMeterRegistry());
        for (int i = 0; i < many; i++) {
            threads.closers.execute(() -> {
                all.countDown();
                try {
                    boolean unused = all.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        threads.stop(Duration.ofSeconds(5));
        assertEquals(0, all.getCount());
    }
}
