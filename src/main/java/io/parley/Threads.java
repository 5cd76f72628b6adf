package io.parley;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The shared threads: readers, closers, pingers, posters and retriers of webhooks, one timer. Thread-safe. */
final class Threads {
    private static final Logger LOG = System.getLogger(Threads.class.getName());
    private static final int READERS = 4;
    private static final int READER_QUEUE = 10_000;
    private static final int CLOSERS = 4;
    private static final int CLOSERS_AT_THE_END = 64;
    private static final int MOST_PINGERS = 64;
    private static final int PINGER_REST_SECONDS = 10;
    private static final int POSTERS = 16;
    private static final int RETRIERS = 8;
    private static final int POSTER_REST_SECONDS = 10;

    /** Reads the log. Overflow rule: a full queue refuses, and the command is answered as {@code unavailable}. */
    final ThreadPoolExecutor readers = pool("parley-reader", READERS, READER_QUEUE);

    /** Closes connections, which may block; each is closed once, so there are never more tasks than connections. */
    final ThreadPoolExecutor closers = pool("parley-closer", CLOSERS, Integer.MAX_VALUE);

    /**
     * Ping, which blocks in some containers while a peer does not read. Overflow rule: what cannot begin at once is refused, and the
     * connection is asked again a second later.
     */
    final ThreadPoolExecutor pingers = new ThreadPoolExecutor(
            0, MOST_PINGERS, PINGER_REST_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("parley-pinger"));

    /** Sends webhooks, which blocks. Each has one attempt under way at most, so there are never more tasks than webhooks. */
    final ThreadPoolExecutor posters = pool("parley-hook", POSTERS, Integer.MAX_VALUE);

    /** Sends those again whose receivers did not take them, and may not even answer. */
    final ThreadPoolExecutor retriers = pool("parley-hook-again", RETRIERS, Integer.MAX_VALUE);

    /** What happens by the clock; its tasks never block. */
    final ScheduledExecutorService timer;

    Threads(MeterRegistry meters) {
        ScheduledThreadPoolExecutor scheduled = new ScheduledThreadPoolExecutor(1, named("parley-timer"));
        scheduled.setRemoveOnCancelPolicy(true);
        timer = scheduled;
        for (ThreadPoolExecutor sending : List.of(posters, retriers)) {
            sending.setKeepAliveTime(POSTER_REST_SECONDS, TimeUnit.SECONDS);
            sending.allowCoreThreadTimeOut(true);
        }
        Gauge.builder("parley.readers.queue", readers, pool -> pool.getQueue().size())
                .description("readings that wait for a reader")
                .register(meters);
    }

    static int readerThreads() {
        return READERS;
    }

    /** Has a task run again and again; a failure is logged and does not end it. */
    void every(Duration period, Runnable task) {
        // It ends with the timer.
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        LOG.log(Level.ERROR, "a task of the timer failed", e);
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Ends all of them; returns when they are gone or the time is over. */
    void stop(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        timer.shutdownNow();
        // Nobody else needs the machine any more, and each of them may wait for a peer that has gone.
        closers.setMaximumPoolSize(CLOSERS_AT_THE_END);
        closers.setCorePoolSize(CLOSERS_AT_THE_END);
        closers.shutdown();
        readers.shutdown();
        pingers.shutdownNow();
        posters.shutdownNow();
        retriers.shutdownNow();
        for (ExecutorService pool : new ExecutorService[] {timer, closers, readers, pingers, posters, retriers}) {
            await(pool, deadline - System.nanoTime());
        }
    }

    private static void await(ExecutorService pool, long nanos) {
        try {
            if (!pool.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadPoolExecutor pool(String name, int threads, int queue) {
        return new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(queue), named(name));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }
}
