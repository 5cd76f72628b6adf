package io.parley.store;

import io.parley.room.RoomLogException;
import io.parley.room.RoomLogException.Fault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

    // These belong to whoever has the turn.
    private @Nullable SqliteConnection connection;
    private boolean ended;

    /** What is to be done once nobody writes any more; set when nobody may begin to. */
    private volatile @Nullable Runnable atTheEnd;

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
        refuseClosed();
        takeTurn();
        boolean begun = false;
        try {
            SqliteConnection opened = connection;
            refuseClosed();
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
            if (!good) {
                giveUpConnection();
            }
        } finally {
            giveTurnBack();
        }
    }

    /** Does something while nobody writes. Blocks until it is its turn. */
    void whileNobodyWrites(Runnable work) {
        whileNobodyWrites(() -> {
            work.run();
            return true;
        });
    }

    /** The same, for what comes of it. */
    <T> T whileNobodyWrites(Supplier<T> work) {
        takeTurn();
        try {
            refuseClosed();
            return work.get();
        } finally {
            giveTurnBack();
        }
    }

    /** Lets no transaction be begun any more, and waits for the one that is open. */
    @Override
    public void close() {
        close(() -> {});
    }

    /**
     * The same, and does something once none is open: before this returns, or, when a commit hangs, on the thread that it hangs on. Whoever
     * came next would else read what that commit is about to change.
     *
     * @return whether it is done
     */
    boolean close(Runnable afterTheLast) {
        atTheEnd = afterTheLast;
        try {
            takeTurn();
        } catch (RoomLogException hangs) {
            LOG.log(Level.DEBUG, "a transaction is still open", hangs);
            return false;
        }
        endOnce(afterTheLast);
        return true;
    }

    /** After the closing, whoever gives it back to nobody does what is to be done at the end. */
    private void giveTurnBack() {
        turn.release();
        Runnable last = atTheEnd;
        if (last != null && turn.tryAcquire()) {
            endOnce(last);
        }
    }

    /** Called by whoever has the turn, which is given back. */
    private void endOnce(Runnable last) {
        try {
            if (!ended) {
                ended = true;
                giveUpConnection();
                last.run();
            }
        } finally {
            turn.release();
        }
    }

    private void giveUpConnection() {
        SqliteConnection opened = connection;
        connection = null;
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "the writing connection could not be closed", e);
        }
    }

    private void refuseClosed() {
        if (atTheEnd != null) {
            throw unavailable("it is closed");
        }
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
