package io.parley.store;

import java.io.File;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Moves what was committed from the write-ahead log into the database file, on a thread of its own. Thread-safe.
 *
 * <p>A passive checkpoint disturbs nobody, but under a steady load it never quite catches up, so that the log would grow without end. Past a
 * bound the little that a passive one has left is therefore done while nobody writes, and the log cut to nothing; readers who are in the
 * way put that off.
 */
final class Checkpointer implements AutoCloseable {
    /** How much the log grows before it is checkpointed. */
    static final long STEP_BYTES = 8L << 20;
    /** From when on the log is cut. */
    static final long CUT_BYTES = 32L << 20;

    private static final Logger LOG = System.getLogger(Checkpointer.class.getName());
    private static final int CLOSING_MILLIS = 10_000;

    private final Database database;
    private final SqliteWriter writer;
    // Its length is asked of the file system: to open and close SQLite's files here would give up SQLite's locks on
    // them.
    private final File log;
    private final Thread thread;

    private volatile long nextAt = STEP_BYTES;
    private final Object monitor = new Object();
    private boolean wanted;
    private boolean closing;

    Checkpointer(Database database, SqliteWriter writer, Path log) {
        this.database = database;
        this.writer = writer;
        this.log = log.toFile();
        this.thread = new Thread(this::run, "parley-checkpoint");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** A transaction was committed. Never blocks; about a microsecond. */
    void committed() {
        if (log.length() >= nextAt) {
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
            while (await()) {
                try {
                    if (connection == null) {
                        connection = database.checkpointer();
                    }
                    checkpoint(connection);
                } catch (SQLException | RuntimeException e) {
                    LOG.log(Level.WARNING, "a checkpoint failed; it is tried again when more was written", e);
                    connection = close(connection);
                }
                nextAt = log.length() + STEP_BYTES;
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "checkpoints were interrupted");
        } finally {
            close(connection);
        }
    }

    private boolean await() throws InterruptedException {
        synchronized (monitor) {
            while (!wanted && !closing) {
                monitor.wait();
            }
            wanted = false;
            return !closing;
        }
    }

    private void checkpoint(SqliteConnection connection) throws SQLException {
        checkpoint(connection, "PASSIVE");
        if (log.length() >= CUT_BYTES) {
            writer.whileNobodyWrites(() -> {
                try {
                    checkpoint(connection, "TRUNCATE");
                } catch (SQLException e) {
                    throw Faults.of("the log could not be cut", e);
                }
            });
        }
    }

    private static void checkpoint(SqliteConnection connection, String mode) throws SQLException {
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
}
