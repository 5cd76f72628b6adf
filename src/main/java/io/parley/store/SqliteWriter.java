package io.parley.store;

import io.parley.room.RoomLogException;
import io.parley.room.RoomLogException.Fault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes, and whose turn it is. Thread-safe.
 *
 * <p>A turn is taken by a transaction, or by a checkpoint that wants the log for itself. Turns are given in the order of asking: SQLite's
 * own waiting would let a busy committer starve the checkpoint.
 */
final class SqliteWriter implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SqliteWriter.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Database database;
    private final Semaphore turn = new Semaphore(1, true);

    // Both belong to whoever has the turn.
    private @Nullable SqliteConnection connection;
    private boolean closed;

    SqliteWriter(Database database) {
        this.database = database;
    }

    /** @param connection the first to be used, and closed by this */
    SqliteWriter(Database database, SqliteConnection connection) {
        this.database = database;
        this.connection = connection;
    }

    /** Begins a transaction, on a new connection if the last one was given up. Blocks until it is its turn. */
    SqliteConnection begin() {
        takeTurn();
        boolean begun = false;
        try {
            SqliteConnection opened = connection;
            if (closed) {
                throw unavailable("it is closed");
            }
            if (opened == null) {
                opened = database.writer();
                connection = opened;
            }
            opened.beginWriting();
            begun = true;
            return opened;
        } catch (SQLException e) {
            throw Faults.of("a transaction could not be begun", e);
        } finally {
            if (!begun) {
                end(false);
            }
        }
    }

    /** Ends the turn that {@link #begin} gave; a connection that is good no more is given up. */
    void end(boolean good) {
        try {
            SqliteConnection opened = connection;
            if (!good && opened != null) {
                connection = null;
                opened.close();
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "the writing connection could not be closed", e);
        } finally {
            turn.release();
        }
    }

    /** Does something while nobody writes. Blocks until it is its turn. */
    void whileNobodyWrites(Runnable work) {
        takeTurn();
        try {
            work.run();
        } finally {
            turn.release();
        }
    }

    /** Waits for the transaction that is open, and lets none be begun any more. */
    @Override
    public void close() {
        takeTurn();
        closed = true;
        end(false);
    }

    private void takeTurn() {
        try {
            if (turn.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw unavailable("its turn to write did not come");
    }

    private static RoomLogException unavailable(String why) {
        return new RoomLogException(
                Fault.UNAVAILABLE, "a transaction could not be begun", new IllegalStateException(why));
    }
}
