package io.parley.store;

import java.io.File;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Moves what was committed from the write-ahead log into the database file, on a thread of its own. Thread-safe.
 *
 * <p>A passive checkpoint disturbs nobody, but under a steady load it never quite catches up, so that the log would grow without end. Past a
 * bound, passive ones therefore follow each other, each with less to do, and the little that the last one leaves is done while nobody writes:
 * the next transaction then begins the log anew. Readers who are in the way put that off. A log at rest is cut to nothing.
 */
final class Checkpointer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Checkpointer.class.getName());
    /** What is left to do while nobody writes is to take milliseconds. */
    private static final int LITTLE_PAGES = 500;

    private static final int REST_MILLIS = 10_000;
    private static final int CLOSING_MILLIS = 10_000;

    /**
     * How long the log may become. Immutable.
     *
     * @param stepBytes how much it grows before it is checkpointed, about
     * @param mostBytes from when on it is begun anew, and to how much it may stay when it is at rest
     * @param restMillis how long nothing is written in a log at rest; and how long, at most, it holds what was erased
     */
    record Bounds(long stepBytes, long mostBytes, int restMillis) {
        /** What is written again and again goes into the database once in a step; a crash leaves less than a second's work of reading. */
        static final Bounds USUAL = new Bounds(32L << 20, 256L << 20, REST_MILLIS);

        Bounds {
            if (stepBytes < Database.PAGE_BYTES || mostBytes < stepBytes) {
                throw new IllegalArgumentException("a step is at least a page, and the most at least a step");
            }
        }

        long stepPages() {
            return stepBytes / Database.PAGE_BYTES;
        }

        long mostPages() {
            return mostBytes / Database.PAGE_BYTES;
        }
    }

    private final Database database;
    private final SqliteWriter writer;
    // Its length is asked of the file system: to open and close SQLite's files here would give up SQLite's locks on
    // them.
    private final File log;
    private final Bounds bounds;
    private final Thread thread;

    /** About how many pages were written since the last look. */
    private final AtomicLong written = new AtomicLong();

    /** Whether the log holds, or may hold, what was erased since. */
    private final AtomicBoolean erased;

    private final Object monitor = new Object();
    private boolean wanted;
    private boolean closing;

    Checkpointer(Database database, SqliteWriter writer, Path log, Bounds bounds) {
        this.database = database;
        this.writer = writer;
        this.log = log.toFile();
        this.bounds = bounds;
        // Nobody knows what is in a log that a crash has left.
        this.erased = new AtomicBoolean(this.log.length() > 0);
        this.thread = new Thread(this::run, "parley-checkpoint");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** A transaction was committed that added about so many pages to the log, and perhaps erased something. Never blocks. */
    void committed(long pages, boolean erases) {
        if (erases) {
            erased.set(true);
        }
        if (written.addAndGet(pages) >= bounds.stepPages()) {
            synchronized (monitor) {
                wanted = true;
                monitor.notifyAll();
            }
        }
    }

    /** Finishes what is under way; the thread is gone when this returns. */
    @Override
    public void close() {
        synchronized (monitor) {
            closing = true;
            monitor.notifyAll();
        }
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Moves everything and cuts the log, as far as nobody is in the way. */
    static void finish(Database database) {
        try (SqliteConnection connection = database.checkpointer()) {
            checkpoint(connection, "TRUNCATE");
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "the last checkpoint failed; the next start makes up for it", e);
        }
    }

    private void run() {
        @Nullable SqliteConnection connection = null;
        try {
            for (Wish wish = await(); wish != Wish.END; wish = await()) {
                try {
                    if (connection == null) {
                        connection = database.checkpointer();
                    }
                    fulfil(wish, connection);
                } catch (SQLException | RuntimeException e) {
                    LOG.log(Level.WARNING, "a checkpoint failed; it is tried again when more was written", e);
                    connection = close(connection);
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "checkpoints were interrupted");
        } finally {
            close(connection);
        }
    }

    private enum Wish {
        STEP,
        CUT,
        END
    }

    private Wish await() throws InterruptedException {
        synchronized (monitor) {
            long before = written.get();
            while (!wanted && !closing) {
                monitor.wait(bounds.restMillis());
                long now = written.get();
                boolean atRest = now == before && log.length() > bounds.stepBytes();
                if (!wanted && (atRest || erased.get())) {
                    return closing ? Wish.END : Wish.CUT;
                }
                before = now;
            }
            wanted = false;
            return closing ? Wish.END : Wish.STEP;
        }
    }

    private void fulfil(Wish wish, SqliteConnection connection) throws SQLException {
        Moved moved = passive(connection);
        if (wish == Wish.CUT || erased.get()) {
            cut(connection);
        } else if (moved.pages >= bounds.mostPages()) {
            moved = catchUp(connection, moved);
            if (moved.all() || moved.pages >= 2 * bounds.mostPages()) {
                // Not TRUNCATE: to give the blocks back takes the file system several times as long as all the rest.
                whileNobodyWrites(connection, "RESTART");
            }
        }
    }

    private void cut(SqliteConnection connection) {
        erased.set(false);
        boolean done = false;
        try {
            whileNobodyWrites(connection, "TRUNCATE");
            done = true;
        } finally {
            if (!done) {
                erased.set(true);
            }
        }
    }

    /** Follows the committer until little is left, or no end is in sight: on a disk too slow for it, the committer must wait. */
    private Moved catchUp(SqliteConnection connection, Moved first) throws SQLException {
        Moved moved = first;
        long before = Long.MAX_VALUE;
        long left = written.get();
        while (left > LITTLE_PAGES && left < before && moved.all() && moved.pages < 2 * bounds.mostPages()) {
            moved = passive(connection);
            before = left;
            left = written.get();
        }
        return moved;
    }

    private Moved passive(SqliteConnection connection) throws SQLException {
        written.set(0);
        return checkpoint(connection, "PASSIVE");
    }

    private void whileNobodyWrites(SqliteConnection connection, String mode) {
        writer.whileNobodyWrites(() -> {
            try {
                if (checkpoint(connection, mode).busy) {
                    // Somebody reads what the log still holds. To cut it once more for nothing costs little.
                    erased.set(true);
                }
            } catch (SQLException e) {
                throw Faults.of("the log could not be begun anew", e);
            }
        });
    }

    private static Moved checkpoint(SqliteConnection connection, String mode) throws SQLException {
        try (ResultSet result =
                connection.prepared("PRAGMA wal_checkpoint(" + mode + ")").executeQuery()) {
            result.next();
            LOG.log(
                    Level.TRACE,
                    "checkpoint {0}: busy {1}, {2} pages, {3} moved",
                    mode,
                    result.getInt(1),
                    result.getInt(2),
                    result.getInt(3));
            return new Moved(result.getInt(1) != 0, result.getLong(2), result.getLong(3));
        }
    }

    private static @Nullable SqliteConnection close(@Nullable SqliteConnection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "the checkpointing connection could not be closed", e);
            }
        }
        return null;
    }

    /** Pages in the log when a checkpoint began, how many of them are in the database file, and whether somebody was in the way. */
    private record Moved(boolean busy, long pages, long moved) {
        /** Nobody reads a view so old that it needs the log as it was. */
        boolean all() {
            return moved >= pages;
        }
    }
}
