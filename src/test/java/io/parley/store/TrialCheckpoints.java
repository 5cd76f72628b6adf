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
    /** From the second on each pass has only what was written during the one before. */
    private static final int MOST_PASSIVE = 8;

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
                writtenPages.set(0);
                Moved moved = checkpoint(statement, "PASSIVE");
                if (moved.frames >= mostPages) {
                    for (int i = 1; i < MOST_PASSIVE && moved.left() > LITTLE_FRAMES; i++) {
                        moved = checkpoint(statement, "PASSIVE");
                    }
                    longestLogFrames = Math.max(longestLogFrames, moved.frames);
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

    private static Moved checkpoint(Statement statement, String mode) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            row.next();
            return new Moved(row.getLong(2), row.getLong(3));
        }
    }

    /** Frames in the log, and how many of them are in the database. */
    private record Moved(long frames, long moved) {
        long left() {
            return frames - moved;
        }
    }
}
