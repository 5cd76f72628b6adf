package io.parley.store;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static io.parley.contract.Logbook.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.contract.Logbook;
import io.parley.identity.User;
import io.parley.room.Content;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog.Transaction;
import io.parley.room.RoomLogException;
import io.parley.room.RoomLogException.Fault;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the committer is told when SQLite fails, and how the log goes on. */
class SqliteFaultsTest {
    private static final int ALL = 1_000_000_000;
    private static final User ANN = guest("Ann");

    @TempDir
    Path folder;

    private Pieces pieces = new Pieces(Path.of(""));

    @BeforeEach
    void openPieces() {
        SqliteStore.open(folder, Clock.systemUTC(), new SecureRandom(), 1).close();
        pieces = new Pieces(folder.resolve("parley.db"));
    }

    @AfterEach
    void closePieces() {
        pieces.log.close();
    }

    @Test
    void aFullDiskRefusesAllUntilThereIsRoomAgain() throws Exception {
        RoomInfo room = pieces.book.open("lobby");
        pieces.book.post(room, ANN, "before");
        execute(pieces.writing(), "PRAGMA max_page_count = 1");

        List<Content> much = IntStream.range(0, 100)
                .mapToObj(i -> Content.plain("x".repeat(8_000)))
                .toList();
        RoomLogException full = assertThrows(RoomLogException.class, () -> pieces.book.post(room, ANN, NOON, much));

        assertEquals(Fault.UNAVAILABLE, full.fault());
        assertEquals(1, pieces.book.room(room).head());
        // The limit was that of the connection, which was given up.
        pieces.book.post(room, ANN, "after");
        assertEquals(List.of("before", "after"), texts(pieces.log.after(room.id(), 0, 10, ALL)));
    }

    @Test
    void aCommitThatFailsAndCanBeRolledBackWroteNothing() throws Exception {
        RoomInfo room = pieces.book.open("lobby");
        SqliteConnection writing = pieces.writing();
        try (Transaction transaction = pieces.log.begin()) {
            Logbook.append(transaction, room.id(), ANN, NOON, List.of(Content.plain("lost")), List.of());
            execute(writing, "PRAGMA defer_foreign_keys = ON");
            execute(writing, "INSERT INTO session (hash, user, created, last_used) VALUES (x'00', 99, 0, 0)");
            RoomLogException failure = assertThrows(RoomLogException.class, transaction::commit);
            assertEquals(Fault.REJECTED, failure.fault());
        }
        assertEquals(0, pieces.book.room(room).head());
        pieces.book.post(room, ANN, "next");
    }

    @Test
    void aCommitThatFailsWithNothingLeftToRollBackIsUnknown() throws Exception {
        RoomInfo room = pieces.book.open("lobby");
        SqliteConnection writing = pieces.writing();
        try (Transaction transaction = pieces.log.begin()) {
            Logbook.append(transaction, room.id(), ANN, NOON, List.of(Content.plain("kept")), List.of());
            execute(writing, "COMMIT");
            RoomLogException failure = assertThrows(RoomLogException.class, transaction::commit);
            assertEquals(Fault.UNKNOWN, failure.fault());
        }
        assertEquals(1, pieces.book.room(room).head());
        pieces.book.post(room, ANN, "next");
        assertEquals(List.of("kept", "next"), texts(pieces.log.after(room.id(), 0, 10, ALL)));
    }

    @Test
    void aConnectionThatIsLostIsReplaced() throws Exception {
        RoomInfo room = pieces.book.open("lobby");
        pieces.writing().close();
        RoomLogException failure = assertThrows(RoomLogException.class, () -> pieces.book.post(room, ANN, "lost"));
        assertEquals(Fault.UNAVAILABLE, failure.fault());
        pieces.book.post(room, ANN, "next");
        assertEquals(1, pieces.book.room(room).head());
    }

    @Test
    void aFailedReadingGivesUpItsConnectionAndItsPlace() throws Exception {
        for (int i = 0; i < 5; i++) {
            RoomLogException failure = assertThrows(
                    RoomLogException.class,
                    () -> pieces.readers.read(connection ->
                            connection.prepared("SELECT nothing FROM nowhere").executeQuery()));
            assertEquals(Fault.REJECTED, failure.fault());
        }
        assertEquals(1L, pieces.readers.<Long>read(connection -> 1L));
    }

    @Test
    void readersCannotWrite() {
        assertThrows(
                RoomLogException.class,
                () -> pieces.readers.read(
                        connection -> connection.prepared("DELETE FROM meta").executeUpdate()));
    }

    private static void execute(SqliteConnection connection, String sql) throws Exception {
        try (PreparedStatement statement = connection.prepared(sql)) {
            statement.execute();
        }
    }

    /** A store's parts without its checkpoints, so that a test can reach the writing connection. */
    private static final class Pieces {
        final SqliteReaders readers;
        final SqliteWriter writer;
        final SqliteRoomLog log;
        final Logbook book;

        Pieces(Path file) {
            Database database = new Database(file);
            readers = new SqliteReaders(database, 1);
            writer = new SqliteWriter(database);
            SqliteTransaction.Tables tables = new SqliteTransaction.Tables(
                    new RoomRows("12345678", new SecureRandom()),
                    new Authors(),
                    new KeyIndex(new byte[KeyHash.SECRET_BYTES], KeyIndex.Bounds.USUAL));
            log = new SqliteRoomLog(readers, writer, tables, (pages, erased) -> {});
            book = new Logbook(log);
        }

        /** The connection that the next transaction is going to use. */
        SqliteConnection writing() throws Exception {
            SqliteConnection connection = writer.begin();
            connection.rollback();
            writer.end(true);
            return connection;
        }
    }
}
