package io.parley.store;

import io.parley.room.RoomLog.KeyRef;
import io.parley.room.RoomLog.KeyUse;
import io.parley.room.RoomLogException;
import io.parley.room.RoomLogException.Fault;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which keys were used. Confined to whoever has the turn to write.
 *
 * <p>Keys are random. An index kept with every row would write a page of its own for each: at five million rows most of the writing that
 * there is. So the index is a reader of the log, as everything is: keys of the newest entries wait in memory, in buckets by their hash;
 * when too many wait, the next bucket's turn comes, and all that waits in it goes into one stretch of the table, many to a page. Every
 * entry below {@code indexedBelow} is in the table, and what follows is read again at the start. Once there is a filter, it spares new
 * keys the look-up in the table.
 */
final class KeyIndex {
    /** In {@code meta}: the first entry whose key may not be in the table. */
    static final String INDEXED_BELOW = "keys_indexed_below";

    static final String INSERT = "INSERT OR IGNORE INTO entry_key (hash, entry) VALUES (?, ?)";
    static final String UNINDEXED =
            "SELECT id, room, author, key FROM entry WHERE id >= ? AND key IS NOT NULL ORDER BY id";

    private static final String NEXT = "SELECT coalesce(max(id), 0) + 1 FROM entry";
    private static final String REMEMBER = "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)";
    private static final String REMEMBERED = "SELECT value FROM meta WHERE name = ?";

    private static final String ENTRY = "SELECT room, author, key, seq, at, hash FROM entry WHERE id = ?";

    private final KeyHash hash;
    private final Bounds bounds;
    private final PendingKeys pending = new PendingKeys();
    /** For every bucket: the keys of entries below this are not waiting in it. The next one to be written has the least. */
    private final long[] writtenBelow = new long[PendingKeys.BUCKETS];

    /** Holds every hash that is in the table. */
    private @Nullable KeyFilter filter;
    /** Holds every hash that was written since it was begun. */
    private @Nullable KeyFilter growing;
    /** Up to how many entries the last filter that was begun is as good as one can be. */
    private long filterServes;

    private @Nullable SqliteConnection loadedFrom;
    private int nextBucket;
    private long nextEntry;

    // Of the transaction under way.
    private final List<PendingKeys.Pair> added = new ArrayList<>();
    private final Map<KeyRef, Long> unused = new HashMap<>();
    private int entriesAdded;
    private int bucketsWritten;

    /** @param secret of {@link KeyHash#SECRET_BYTES}, always the same for one database */
    KeyIndex(byte[] secret, Bounds bounds) {
        this.hash = new KeyHash(secret);
        this.bounds = bounds;
        this.filterServes = bounds.unfiltered();
    }

    /**
     * How many keys may wait. Immutable.
     *
     * <p>The more wait, the more of them share a page when they are written, and the more is to be read at the start. With one in sixteen a
     * page takes about twelve at a time.
     *
     * @param least so many may always wait
     * @param most never many more
     * @param unfiltered so many entries have no filter: their table is small, and lies in the cache
     * @param filterBytes no filter is larger; up to three of them exist at a time, while one follows the other
     */
    record Bounds(int least, int most, int unfiltered, int filterBytes) {
        static final Bounds USUAL = new Bounds(
                2_048, 262_144, 65_536, filterBytes(Runtime.getRuntime().maxMemory()));

        private static final int ENTRIES_TO_ONE_THAT_WAITS = 16;

        /** What 33 million keys want, or what a small heap can spare. */
        private static int filterBytes(long heap) {
            return (int) Math.min(32 << 20, heap / 64);
        }

        long waiting(long entries) {
            return Math.max(least, Math.min(most, entries / ENTRIES_TO_ONE_THAT_WAITS));
        }
    }

    /** A transaction begins. What is remembered counts only on the connection on which it came about. */
    void begin(SqliteConnection connection) throws SQLException {
        if (connection != loadedFrom) {
            loadedFrom = null;
            load(connection);
            loadedFrom = connection;
        }
    }

    /** For how many keys there is a filter; 0 without one. */
    long filtered() {
        return filter == null ? 0 : filter.capacity();
    }

    /** Whether there are more entries than the last filter was begun for. */
    boolean wantsFilter() {
        return nextEntry > filterServes;
    }

    /**
     * From now on what is written goes into a new filter too. The caller has the turn to write.
     *
     * @return an empty one of the same size, for what is written already; null when none is wanted any more
     */
    @Nullable
    KeyFilter beginFilter() {
        if (!wantsFilter()) {
            return null;
        }
        KeyFilter begun = KeyFilter.forKeys(2 * nextEntry, bounds.filterBytes());
        KeyFilter before = begun.emptyOfThisSize();
        boolean largest = begun.capacity() < 2 * nextEntry;
        filterServes = largest ? Long.MAX_VALUE : begun.capacity();
        growing = begun;
        return before;
    }

    /** The new filter does not come about; the next try is for when there are some more entries. The caller has the turn to write. */
    void giveUpFilter() {
        growing = null;
        filterServes = nextEntry + nextEntry / 8;
    }

    /** The new filter is whole. The caller has the turn to write. */
    void endFilter(KeyFilter before) {
        if (growing != null) {
            growing.addAll(before);
            filter = growing;
            growing = null;
        }
    }

    /**
     * The number of an entry that is about to be stored.
     *
     * @throws RoomLogException when its key was not looked up before in this transaction, or was found used
     */
    long add(Optional<KeyRef> key) {
        long entry = nextEntry + entriesAdded++;
        key.ifPresent(ref -> added.add(new PendingKeys.Pair(unused(ref), entry)));
        return entry;
    }

    Map<KeyRef, KeyUse> uses(SqliteConnection connection, Collection<KeyRef> keys) throws SQLException {
        List<KeyRef> asked = new ArrayList<>(keys.size());
        long[] hashes = new long[keys.size()];
        List<Candidate> candidates = new ArrayList<>();
        for (KeyRef ref : keys) {
            long hashed = hash.of(ref);
            unused.put(ref, hashed);
            findWaiting(hashed, entry -> candidates.add(new Candidate(ref, entry)));
            if (filter == null || filter.mayHold(hashed)) {
                hashes[asked.size()] = hashed;
                asked.add(ref);
            }
        }
        KeyRows.find(
                connection,
                Arrays.copyOf(hashes, asked.size()),
                (place, entry) -> candidates.add(new Candidate(asked.get(place), entry)));
        Map<KeyRef, KeyUse> uses = new HashMap<>();
        for (Candidate candidate : candidates) {
            verify(connection, candidate, uses);
        }
        unused.keySet().removeAll(uses.keySet());
        return uses;
    }

    /**
     * Writes what has waited long enough, no more than about twice what this transaction adds.
     *
     * @return how many keys
     */
    int write(SqliteConnection connection) throws SQLException {
        long waiting = bounds.waiting(nextEntry);
        int written = 0;
        while (bucketsWritten < PendingKeys.BUCKETS
                && (pending.size() + added.size() - written > waiting || isOld(bucket(bucketsWritten), waiting))
                && written < 2 * Math.max(added.size(), entriesAdded)) {
            written += write(connection, bucket(bucketsWritten));
            bucketsWritten++;
        }
        if (bucketsWritten > 0) {
            boolean all = bucketsWritten == PendingKeys.BUCKETS;
            remember(connection, all ? nextEntry : writtenBelow[bucket(bucketsWritten)]);
        }
        return written;
    }

    void committed() {
        // Should memory run out before the end, the next transaction reads all of it again instead of believing a half.
        SqliteConnection connection = loadedFrom;
        loadedFrom = null;
        for (int i = 0; i < bucketsWritten; i++) {
            pending.forget(bucket(i));
            writtenBelow[bucket(i)] = nextEntry;
        }
        nextBucket = bucket(bucketsWritten);
        nextEntry += entriesAdded;
        added.forEach(pair -> pending.add(pair.hash(), pair.entry()));
        rolledBack();
        loadedFrom = connection;
    }

    void rolledBack() {
        added.clear();
        unused.clear();
        entriesAdded = 0;
        bucketsWritten = 0;
    }

    /** Where few entries have keys, few keys wait; but a start reads entries. Where all have, no bucket gets as old as that. */
    private boolean isOld(int bucket, long waiting) {
        return nextEntry - writtenBelow[bucket] > 3 * waiting;
    }

    private long unused(KeyRef ref) {
        @Nullable Long found = unused.remove(ref);
        if (found == null) {
            throw new RoomLogException(
                    Fault.REJECTED,
                    "an entry could not be stored",
                    new IllegalStateException("its key is used, or was not looked up"));
        }
        return found;
    }

    private void findWaiting(long wanted, LongConsumer entry) {
        pending.find(wanted, entry);
        for (PendingKeys.Pair pair : added) {
            if (pair.hash() == wanted) {
                entry.accept(pair.entry());
            }
        }
    }

    private int bucket(int afterNext) {
        return (nextBucket + afterNext) % PendingKeys.BUCKETS;
    }

    private void load(SqliteConnection connection) throws SQLException {
        rolledBack();
        pending.clear();
        try (ResultSet row = connection.prepared(NEXT).executeQuery()) {
            row.next();
            nextEntry = row.getLong(1);
        }
        long below = remembered(connection);
        Arrays.fill(writtenBelow, below);
        nextBucket = 0;
        PreparedStatement select = connection.prepared(UNINDEXED);
        select.setLong(1, below);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                pending.add(hash.of(rows.getLong(2), rows.getLong(3), rows.getBytes(4)), rows.getLong(1));
            }
        }
    }

    private int write(SqliteConnection connection, int bucket) throws SQLException {
        List<PendingKeys.Pair> pairs = pending.sorted(bucket);
        PreparedStatement insert = connection.prepared(INSERT);
        try {
            for (PendingKeys.Pair pair : pairs) {
                addToFilters(pair.hash());
                insert.setLong(1, pair.hash());
                insert.setLong(2, pair.entry());
                insert.addBatch();
            }
            insert.executeBatch();
        } finally {
            // What a failure leaves in it must not get into the next transaction.
            insert.clearBatch();
        }
        return pairs.size();
    }

    /** Whether or not the transaction is committed: a filter may hold more than the table. */
    private void addToFilters(long hashed) {
        if (filter != null) {
            filter.add(hashed);
        }
        if (growing != null) {
            growing.add(hashed);
        }
    }

    private static void verify(SqliteConnection connection, Candidate candidate, Map<KeyRef, KeyUse> uses)
            throws SQLException {
        PreparedStatement select = connection.prepared(ENTRY);
        select.setLong(1, candidate.entry);
        try (ResultSet row = select.executeQuery()) {
            KeyRef ref = candidate.ref;
            if (row.next()
                    && row.getLong(1) == ref.room().value()
                    && row.getLong(2) == ref.author()
                    && Arrays.equals(row.getBytes(3), StoredKey.of(ref.key()))) {
                uses.put(ref, new KeyUse(row.getLong(4), Instant.ofEpochMilli(row.getLong(5)), row.getLong(6)));
            }
        }
    }

    private static void remember(SqliteConnection connection, long below) throws SQLException {
        PreparedStatement insert = connection.prepared(REMEMBER);
        insert.setString(1, INDEXED_BELOW);
        insert.setBytes(2, ByteBuffer.allocate(Long.BYTES).putLong(below).array());
        insert.executeUpdate();
    }

    private static long remembered(SqliteConnection connection) throws SQLException {
        PreparedStatement select = connection.prepared(REMEMBERED);
        select.setString(1, INDEXED_BELOW);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? ByteBuffer.wrap(row.getBytes(1)).getLong() : 1;
        }
    }

    /** An entry that may have used a key: their hashes are the same. Immutable. */
    private record Candidate(KeyRef ref, long entry) {}
}
