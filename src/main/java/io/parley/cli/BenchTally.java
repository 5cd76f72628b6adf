package io.parley.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What all readers of a bench have seen. Thread-safe. */
final class BenchTally {
    private static final long LONGEST_MICROS = Duration.ofMinutes(10).toNanos() / 1_000;
    private static final int DIGITS = 3;

    private final String run;
    private final AtomicLongArray sent;
    private final LongAdder posts = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder deliveries = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private final LongAdder doubled = new LongAdder();
    private final Histogram answers = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final Histogram seen = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private volatile boolean whole = true;

    /** @param run what tells its posts from those of another bench in the same room */
    BenchTally(String run, int posts) {
        this.run = run;
        this.sent = new AtomicLongArray(posts);
    }

    String run() {
        return run;
    }

    void sent(int post) {
        sent.set(post, System.nanoTime());
        posts.increment();
    }

    void acknowledged(int post) {
        acknowledged.increment();
        record(answers, post);
    }

    void shown(int post) {
        if (post >= 0 && post < sent.length()) {
            deliveries.increment();
            record(seen, post);
        }
    }

    void missed(long entries) {
        missed.add(entries);
    }

    void doubled() {
        doubled.increment();
    }

    /** A connection has failed: there is nothing more to wait for. */
    void broken() {
        whole = false;
    }

    boolean isWhole() {
        return whole;
    }

    boolean isDone(int readers) {
        return acknowledged.sum() == posts.sum() && deliveries.sum() >= posts.sum() * readers;
    }

    /** What an operator wants to know, a line each. */
    List<String> report(int readers, long nanos) {
        return List.of(
                "posts         %d, of which %d were acknowledged".formatted(posts.sum(), acknowledged.sum()),
                "deliveries    %d of %d, %s a second"
                        .formatted(
                                deliveries.sum(),
                                posts.sum() * readers,
                                String.format(Locale.ROOT, "%.0f", deliveries.sum() * 1e9 / nanos)),
                "post to ok    " + times(answers),
                "post to seen  " + times(seen),
                "gaps          " + missed.sum(),
                "doubles       " + doubled.sum());
    }

    /** Why it did not go well, if it did not. */
    Optional<String> verdict(int readers) {
        long absent = posts.sum() * readers - deliveries.sum();
        if (missed.sum() > 0 || doubled.sum() > 0) {
            return Optional.of("%d entries were missing and %d double".formatted(missed.sum(), doubled.sum()));
        }
        if (acknowledged.sum() < posts.sum() || absent > 0) {
            return Optional.of("%d posts were not acknowledged and %d deliveries did not come in time"
                    .formatted(posts.sum() - acknowledged.sum(), absent));
        }
        return Optional.empty();
    }

    private void record(Histogram histogram, int post) {
        histogram.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - sent.get(post)) / 1_000));
    }

    private static String times(Histogram micros) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3);
    }
}
