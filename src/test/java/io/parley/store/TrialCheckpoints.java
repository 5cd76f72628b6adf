package io.parley.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the write-ahead log of a trial within a bound. Thread-safe.
 *
 * <p>Passive checkpoints run beside the writer and leave less each time; the little that the last one leaves is done while nobody writes.
 */
final class TrialCheckpoints {

    private static final int LITTLE_FRAMES = 500;
    private static final long PERIOD_MILLIS = 5;

    private final Connection connection;
    private final long stepPages;
    private final long mostPages;
    private final int pageBytes;
    private final AtomicLong writtenPages = new AtomicLong();
    private final Semaphore turn = new Semaphore(1, true);
    private final Semaphore ended = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "trial-checkpoints");

    private long longestLogFrames;
    private int pauses;
    private long pausedNanos;
    private long longestPauseNanos;
    private volatile @Nullable SQLException failure;

    TrialCheckpoints(Connection connection, TrialOptions options) {
        this.connection = connection;
        this.pageBytes = options.pageBytes();
        this.stepPages = options.stepBytes() / pageBytes;
        this.mostPages = options.walBytes() / pageBytes;
    }

    void start() {
        thread.start();
    }

    void takeTurn() throws InterruptedException {
        turn.acquire();
    }

    /** @param pages about how many pages the log grew by */
    void endTurn(long pages) {
        writtenPages.addAndGet(pages);
        turn.release();
    }

    void end() throws SQLException, InterruptedException {
        ended.release();
        thread.join();
        connection.close();
        SQLException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "the log grew to %d MiB; the writer was held up %d times, %d ms in all, %.1f ms at most",
                (longestLogFrames * pageBytes) >> 20,
                pauses,
                pausedNanos / 1_000_000,
                longestPauseNanos / 1e6);
    }

    private void run() {
        try (Statement statement = connection.createStatement()) {
            while (!ended.tryAcquire(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                if (writtenPages.get() < stepPages) {
                    continue;
                }
                long before = Long.MAX_VALUE;
                long left = Long.MAX_VALUE - 1;
                long frames = mostPages;
                while (left > LITTLE_FRAMES && left < before && frames >= mostPages) {
                    writtenPages.set(0);
                    frames = checkpoint(statement, "PASSIVE");
                    before = left;
                    left = writtenPages.get();
                }
                longestLogFrames = Math.max(longestLogFrames, frames);
                if (frames >= mostPages) {
                    startAnew(statement);
                }
            }
        } catch (SQLException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startAnew(Statement statement) throws SQLException, InterruptedException {
        turn.acquire();
        long start = System.nanoTime();
        checkpoint(statement, "RESTART");
        long took = System.nanoTime() - start;
        turn.release();
        pauses++;
        pausedNanos += took;
        longestPauseNanos = Math.max(longestPauseNanos, took);
    }

    /** How many frames the log held when the checkpoint began. */
    private static long checkpoint(Statement statement, String mode) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            row.next();
            return row.getLong(2);
        }
    }
}
