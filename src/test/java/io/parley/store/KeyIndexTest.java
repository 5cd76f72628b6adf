package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.contract.Logbook;
import io.parley.identity.User;
import io.parley.room.Content;
import io.parley.room.Entry;
import io.parley.room.MessageKey;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog.KeyRef;
import io.parley.room.RoomLog.KeyUse;
import io.parley.room.RoomLog.Transaction;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that was used is found, whether it waits to be written or was; and again after a restart. */
class KeyIndexTest {
    private static final User ANN = Logbook.guest("ann");
    private static final KeyIndex.Bounds TIGHT = new KeyIndex.Bounds(50, 200, 300, 1 << 20);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @TempDir
    Path data;

    @Test
    void everyKeyIsFoundThroughoutAndAfterEveryRestart() throws Exception {
        SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1).close();
        Map<MessageKey, Long> seqs = new HashMap<>();
        for (int start = 0; start < 4; start++) {
            try (Opened opened = new Opened()) {
                RoomInfo room = opened.book.open("lobby");
                opened.assertFound(room, seqs);
                for (int group = 0; group < 60; group++) {
                    opened.post(room, 1 + random.nextInt(30), seqs);
                }
                opened.assertFound(room, seqs);
                assertEquals(Map.of(), opened.found(room, List.of(key())), "seed " + seed);
                assertTrue(opened.waiting() <= TIGHT.most() + 100, "seed " + seed);
            }
        }
    }

    @Test
    void whatWasRolledBackIsNotFoundAndDoesNotHideWhatIsStored() throws Exception {
        SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1).close();
        Map<MessageKey, Long> seqs = new HashMap<>();
        try (Opened opened = new Opened()) {
            RoomInfo room = opened.book.open("lobby");
            for (int group = 0; group < 40; group++) {
                opened.post(room, 20, seqs);
                List<MessageKey> lost = keys(20);
                try (Transaction transaction = opened.log.begin()) {
                    Logbook.append(transaction, room.id(), ANN, Logbook.NOON, texts(20), lost);
                }
                assertEquals(Map.of(), opened.found(room, lost), "seed " + seed);
            }
            opened.assertFound(room, seqs);
        }
        try (Opened again = new Opened()) {
            again.assertFound(again.book.open("lobby"), seqs);
        }
    }

    @Test
    void aKeyIsFoundWheneverItWasWrittenWhileTheFilterIsMadeAndMadeAnew() throws Exception {
        SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1).close();
        Map<MessageKey, Long> seqs = new HashMap<>();
        for (int start = 0; start < 3; start++) {
            try (Opened opened = new Opened()) {
                RoomInfo room = opened.book.open("lobby");
                opened.postUntilFilteredFor(0, room, seqs);
                opened.assertFound(room, seqs);
                opened.postUntilFilteredFor(opened.filtered(), room, seqs);
                opened.assertFound(room, seqs);
            }
        }
    }

    @Test
    void aFilterThatIsGivenUpIsMadeAgainWithSomeMoreEntries() throws Exception {
        SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1).close();
        Map<MessageKey, Long> seqs = new HashMap<>();
        try (Opened opened = new Opened()) {
            RoomInfo room = opened.book.open("lobby");
            // Whoever would make it has gone.
            opened.scan.close();
            while (!opened.writer.whileNobodyWrites(opened.keys::wantsFilter)) {
                opened.post(room, 20, seqs);
            }
            assertNotNull(opened.writer.whileNobodyWrites(opened.keys::beginFilter));
            opened.writer.whileNobodyWrites(opened.keys::giveUpFilter);
            assertNull(opened.writer.whileNobodyWrites(opened.keys::beginFilter));
            int before = seqs.size();
            while (!opened.writer.whileNobodyWrites(opened.keys::wantsFilter)) {
                opened.post(room, 20, seqs);
            }
            assertTrue(seqs.size() <= before + before / 8 + 40, () -> before + " and then " + seqs.size());
            opened.assertFound(room, seqs);
        }
    }

    @Test
    void aStartReadsLittleAgainAlthoughFewEntriesHaveKeys() throws Exception {
        SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1).close();
        Map<MessageKey, Long> seqs = new HashMap<>();
        try (Opened opened = new Opened()) {
            RoomInfo room = opened.book.open("lobby");
            for (int group = 0; group < 100; group++) {
                opened.post(room, 1, seqs);
                opened.postWithoutKeys(room, 50);
            }
            long entries = 100 * 51;
            long most = 3 * TIGHT.waiting(entries) + 51;
            assertTrue(entries - opened.indexedBelow() <= most, "seed " + seed + ": " + opened.indexedBelow());
            opened.assertFound(room, seqs);
        }
        try (Opened again = new Opened()) {
            again.assertFound(again.book.open("lobby"), seqs);
        }
    }

    private List<MessageKey> keys(int count) {
        List<MessageKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(key());
        }
        return keys;
    }

    private MessageKey key() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return new MessageKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static List<Content> texts(int count) {
        return Collections.nCopies(count, Content.plain("x"));
    }

    /** A store's parts with an index of which little waits. */
    private final class Opened implements AutoCloseable {
        final SqliteReaders readers;
        final KeyIndex keys = new KeyIndex(new byte[KeyHash.SECRET_BYTES], TIGHT);
        final SqliteWriter writer;
        final KeyScan scan;
        final SqliteRoomLog log;
        final Logbook book;

        Opened() {
            Database database = new Database(data.resolve("parley.db"));
            readers = new SqliteReaders(database, 1);
            writer = new SqliteWriter(database);
            scan = new KeyScan(readers, writer, keys);
            SqliteTransaction.Tables tables =
                    new SqliteTransaction.Tables(new RoomRows("12345678", new SecureRandom()), new Authors(), keys);
            log = new SqliteRoomLog(readers, writer, tables, (pages, erased) -> scan.beginIfWanted());
            scan.start();
            book = new Logbook(log);
        }

        /** For how many keys there is a filter. */
        long filtered() {
            return writer.whileNobodyWrites(keys::filtered);
        }

        /** Posts until there is a filter for more keys than that. */
        void postUntilFilteredFor(long more, RoomInfo room, Map<MessageKey, Long> seqs) {
            while (filtered() <= more) {
                assertTrue(seqs.size() < 100_000, () -> "no filter for more than " + more);
                post(room, 1 + random.nextInt(60), seqs);
            }
        }

        void post(RoomInfo room, int count, Map<MessageKey, Long> seqs) {
            List<MessageKey> keys = keys(count);
            try (Transaction transaction = log.begin()) {
                Logbook.append(transaction, room.id(), ANN, Logbook.NOON, texts(count), keys)
                        .forEach(entry -> seqs.put(
                                ((Entry.Message) entry.entry()).key().orElseThrow(),
                                entry.entry().seq()));
                transaction.commit();
            }
        }

        void postWithoutKeys(RoomInfo room, int count) {
            try (Transaction transaction = log.begin()) {
                Logbook.append(transaction, room.id(), ANN, Logbook.NOON, texts(count), List.of());
                transaction.commit();
            }
        }

        /** The first entry that a start would read again. */
        long indexedBelow() {
            return readers.read(connection -> {
                try (ResultSet row = connection
                        .prepared("SELECT value FROM meta WHERE name = '" + KeyIndex.INDEXED_BELOW + "'")
                        .executeQuery()) {
                    return row.next() ? ByteBuffer.wrap(row.getBytes(1)).getLong() : 1;
                }
            });
        }

        void assertFound(RoomInfo room, Map<MessageKey, Long> seqs) {
            Map<MessageKey, Long> found = found(room, seqs.keySet());
            Map<MessageKey, Long> lost = new HashMap<>(seqs);
            lost.entrySet().removeAll(found.entrySet());
            assertEquals(
                    0,
                    lost.size(),
                    () -> "seed " + seed + " lost one of " + seqs.size() + " as "
                            + lost.keySet().iterator().next());
        }

        Map<MessageKey, Long> found(RoomInfo room, Collection<MessageKey> keys) {
            Map<KeyRef, KeyUse> uses = book.uses(room, ANN, List.copyOf(keys));
            Map<MessageKey, Long> found = new HashMap<>();
            uses.forEach((ref, use) -> found.put(ref.key(), use.seq()));
            return found;
        }

        /** How many keys are not in the table. */
        long waiting() {
            return readers.read(connection -> {
                try (ResultSet row = connection
                        .prepared("SELECT (SELECT count(*) FROM entry) - (SELECT count(*) FROM entry_key)")
                        .executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            });
        }

        @Override
        public void close() {
            scan.close();
            log.close();
        }
    }
}
