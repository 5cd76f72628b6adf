package io.parley.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Fills a filter with every hash that the table of keys has, on a thread of its own, while all goes on. Thread-safe.
 *
 * <p>It begins and ends in a turn to write. What is written between the two is added by the writer to the filter that it was given at the
 * beginning, and what was written before is found here; at the end the two become one. It reads little at a time: a long view would keep
 * the write-ahead log from being begun anew. Should it fail, keys are looked up in the table until a later one succeeds.
 */
final class KeyScan implements AutoCloseable {
    private static final Logger LOG = System.getLogger(KeyScan.class.getName());
    private static final int HASHES_AT_A_TIME = 20_000;
    private static final int CLOSING_MILLIS = 5_000;

    static final String HASHES = "SELECT hash FROM entry_key WHERE hash >= ? ORDER BY hash LIMIT ?";

    private final SqliteReaders readers;
    private final SqliteWriter writer;
    private final KeyIndex keys;
    private final Thread thread;
    private final Object monitor = new Object();
    private boolean wanted;
    private volatile boolean closing;

    KeyScan(SqliteReaders readers, SqliteWriter writer, KeyIndex keys) {
        this.readers = readers;
        this.writer = writer;
        this.keys = keys;
        this.thread = new Thread(this::run, "parley-keys");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has a filter made, if more entries than before have made it worthwhile. Called by whoever has the turn to write. Never blocks. */
    void beginIfWanted() {
        if (keys.wantsFilter()) {
            synchronized (monitor) {
                wanted = true;
                monitor.notifyAll();
            }
        }
    }

    /** Breaks off; waits for the thread's end, which a commit that hangs may delay further. */
    @Override
    public void close() {
        synchronized (monitor) {
            closing = true;
            monitor.notifyAll();
        }
        thread.interrupt();
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (awaitWish()) {
                make();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the filter of keys was broken off");
        }
    }

    /** Whether there is something to do, and not the end. */
    private boolean awaitWish() throws InterruptedException {
        synchronized (monitor) {
            while (!wanted && !closing) {
                monitor.wait();
            }
            wanted = false;
            return !closing;
        }
    }

    private void make() {
        try {
            @Nullable KeyFilter found = writer.whileNobodyWrites(keys::beginFilter);
            if (found != null && fill(found)) {
                writer.whileNobodyWrites(() -> keys.endFilter(found));
                LOG.log(Level.DEBUG, "the filter of keys holds up to {0}", found.capacity());
            }
        } catch (RuntimeException | Error e) {
            if (!closing) {
                LOG.log(Level.WARNING, "a filter of keys could not be made; it is tried again with more entries", e);
                giveUp();
            }
        }
    }

    private void giveUp() {
        try {
            writer.whileNobodyWrites(keys::giveUpFilter);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "what was begun of a filter of keys is kept until the next one", e);
        }
    }

    private boolean fill(KeyFilter filter) {
        Chunk chunk = new Chunk(Long.MIN_VALUE, false);
        while (!chunk.last && !closing) {
            long from = chunk.next;
            chunk = readers.read(connection -> read(connection, from, filter));
        }
        return chunk.last;
    }

    private static Chunk read(SqliteConnection connection, long from, KeyFilter filter) throws SQLException {
        PreparedStatement select = connection.prepared(HASHES);
        select.setLong(1, from);
        select.setInt(2, HASHES_AT_A_TIME);
        int found = 0;
        long hash = from;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                hash = rows.getLong(1);
                filter.add(hash);
                found++;
            }
        }
        return new Chunk(hash + 1, found < HASHES_AT_A_TIME || hash == Long.MAX_VALUE);
    }

    /** How far it has come. Immutable. */
    private record Chunk(long next, boolean last) {}
}
