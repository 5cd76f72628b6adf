package io.parley.store;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.contract.Logbook;
import io.parley.identity.User;
import io.parley.room.Content;
import io.parley.room.Entry;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog.Transaction;
import io.parley.room.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted is in no byte of the data folder. */
class ErasingTest {
    private static final User ANN = guest("Ann");
    private static final int MESSAGES = 400;

    @TempDir
    Path data;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private long seq;
    private long ordinal;

    @Test
    @Covers("page-deleted")
    void afterACheckpointADeletedTextIsInNoByteOfTheFolder() throws Exception {
        List<String> gone = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        try (SqliteStore store = open(60_000)) {
            write(store, gone, kept);
            // The search finds what it is to find, whether that lies in the database or its log.
            for (String text : kept) {
                assertTrue(isInTheFolder(text), text);
            }
        }
        for (String text : kept) {
            assertTrue(isInTheFolder(text), () -> text + " is not there; seed " + seed);
        }
        for (String text : gone) {
            assertFalse(isInTheFolder(text), () -> text + " is still there; seed " + seed);
        }
        assertFalse(gone.isEmpty());
    }

    @Test
    void aDeletedTextLeavesTheLogOfARunningServerToo() throws Exception {
        try (SqliteStore store = open(50)) {
            Logbook book = new Logbook(store.roomLog());
            RoomInfo room = book.open("lobby");
            add(store, room, message("SECRET-OF-A-RUNNING-SERVER", Optional.empty()));
            assertTrue(isInTheFolder("SECRET-OF-A-RUNNING-SERVER"));
            add(store, room, new Entry.Delete(++seq, NOON, ANN, 1));
            awaitGone("SECRET-OF-A-RUNNING-SERVER");
            assertEquals(2, book.room(room).head());
        }
    }

    @Test
    void aTextThatWasDeletedBeforeACrashLeavesTheLogAfterIt() throws Exception {
        String secret = "SECRET-OF-A-SERVER-THAT-CRASHED";
        Path crashed = data;
        data = Files.createDirectory(crashed.resolve("restarted"));
        try (SqliteStore store = open(crashed, 60_000)) {
            RoomInfo room = new Logbook(store.roomLog()).open("lobby");
            add(store, room, message(secret, Optional.empty()));
            add(store, room, new Entry.Delete(++seq, NOON, ANN, 1));
            for (String file : List.of("parley.db", "parley.db-wal")) {
                Files.copy(crashed.resolve(file), data.resolve(file));
            }
        }
        assertTrue(isInTheFolder(secret));
        try (SqliteStore store = open(50)) {
            awaitGone(secret);
            assertEquals(2, new Logbook(store.roomLog()).open("lobby").head());
        }
    }

    /** Posts of all lengths, some of them edited, some of these and of the others deleted, in whatever order. */
    private void write(SqliteStore store, List<String> gone, List<String> kept) {
        RoomInfo room = new Logbook(store.roomLog()).open("lobby");
        List<Long> deletable = new ArrayList<>();
        List<List<String>> texts = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            String text = "POST-" + i + "-" + Long.toHexString(random.nextLong()) + "-END";
            String bot = "DATA-" + i + "-" + Long.toHexString(random.nextLong()) + "-END";
            String long_ = text + " filler".repeat(random.nextInt(10) == 0 ? random.nextInt(1_100) : random.nextInt(9));
            Entry posted = add(store, room, message(long_, Optional.of("\"" + bot + "\"")));
            List<String> own = new ArrayList<>(List.of(text, bot));
            for (int edits = random.nextInt(3); edits > 0; edits--) {
                String edit = "EDIT-" + i + "-" + Long.toHexString(random.nextLong()) + "-END";
                Optional<String> edited = Optional.of(edit + " more".repeat(random.nextInt(300)));
                add(store, room, new Entry.Edit(++seq, NOON, ANN, posted.seq(), edited, List.of(), Optional.empty()));
                own.add(edit);
            }
            deletable.add(posted.seq());
            texts.add(own);
            while (random.nextInt(5) < 2 && !deletable.isEmpty()) {
                int which = random.nextInt(deletable.size());
                add(store, room, new Entry.Delete(++seq, NOON, ANN, deletable.remove(which)));
                gone.addAll(texts.remove(which));
            }
        }
        texts.forEach(kept::addAll);
    }

    private Entry.Message message(String text, Optional<String> data) {
        ordinal++;
        Content content = new Content(text, Style.PLAIN, OptionalLong.empty(), OptionalLong.empty(), List.of(), data);
        return new Entry.Message(++seq, NOON, ANN, content, Optional.empty());
    }

    private Entry add(SqliteStore store, RoomInfo room, Entry entry) {
        try (Transaction transaction = store.roomLog().begin()) {
            Logbook.append(transaction, room.id(), ANN, ordinal, entry);
            transaction.commit();
            return entry;
        }
    }

    private void awaitGone(String text) throws IOException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (isInTheFolder(text)) {
            assertTrue(System.nanoTime() < deadline, "the text stays in the write-ahead log");
            Thread.onSpinWait();
        }
    }

    private SqliteStore open(int restMillis) {
        return open(data, restMillis);
    }

    private static SqliteStore open(Path data, int restMillis) {
        return SqliteStore.open(
                data,
                Clock.systemUTC(),
                new SecureRandom(),
                2,
                new Checkpointer.Bounds(1L << 20, 4L << 20, restMillis));
    }

    private boolean isInTheFolder(String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // Latin 1 gives each byte a character of its own.
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (bytes.contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }
}
