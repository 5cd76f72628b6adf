package io.parley.store;

import io.parley.room.RoomLogException;
import io.parley.room.RoomLogException.Fault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections that read: opened when first wanted, kept, and never more than so many. Thread-safe.
 *
 * <p>Overflow rule: whoever finds none free waits a while, then fails as unavailable.
 */
final class SqliteReaders implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SqliteReaders.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_CLOSING = Duration.ofSeconds(5);

    /** Something that is read in one transaction. */
    interface Query<T> {
        T read(SqliteConnection connection) throws SQLException;
    }

    private final Database database;
    private final int most;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<SqliteConnection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** @param most most connections at a time */
    SqliteReaders(Database database, int most) {
        this.database = database;
        this.most = most;
        this.free = new Semaphore(most);
    }

    /**
     * Reads one consistent view. Blocks.
     *
     * @throws RoomLogException when the store fails
     */
    <T> T read(Query<T> query) {
        take();
        @Nullable SqliteConnection connection = null;
        boolean good = false;
        try {
            connection = idle.pollFirst();
            if (connection == null) {
                connection = database.reader();
            }
            connection.beginReading();
            T result = query.read(connection);
            connection.commit();
            good = true;
            return result;
        } catch (SQLException e) {
            throw Faults.of("the store could not be read", e);
        } finally {
            giveBack(connection, good);
        }
    }

    /** Lets nobody in any more, and waits for those who still read. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!free.tryAcquire(most, LONGEST_CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "somebody still reads from the store; the last of them closes their connection");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeIdle();
    }

    private void take() {
        boolean taken = false;
        try {
            taken = !closed && free.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!taken || closed) {
            if (taken) {
                free.release();
            }
            throw new RoomLogException(
                    Fault.UNAVAILABLE,
                    "the store could not be read",
                    new IllegalStateException(closed ? "it is closed" : "no reader came free"));
        }
    }

    private void giveBack(@Nullable SqliteConnection connection, boolean good) {
        if (connection != null && good) {
            idle.addFirst(connection);
        } else if (connection != null) {
            close(connection);
        }
        free.release();
        if (closed) {
            closeIdle();
        }
    }

    private void closeIdle() {
        for (SqliteConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            close(connection);
        }
    }

    private static void close(SqliteConnection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "a reader could not be closed", e);
        }
    }
}
