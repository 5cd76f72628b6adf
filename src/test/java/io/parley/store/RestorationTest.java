package io.parley.store;

import static io.parley.contract.Logbook.guest;
import static io.parley.contract.Logbook.texts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.contract.Logbook;
import io.parley.room.RoomInfo;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the database that a backup takes the place of. */
class RestorationTest {
    private static final int ALL = 1_000_000_000;
    private static final String BEFORE = "parley.db.before-20261101T120000Z";
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path data = Path.of("");
    private Path backup = Path.of("");

    @BeforeEach
    void makeABackup() {
        data = folder.resolve("data");
        backup = folder.resolve("backup");
        try (SqliteStore store = open(data)) {
            post(store, "first");
            store.backUp(backup);
            post(store, "second");
        }
    }

    @Test
    void theOldDatabaseIsKeptWholeUnderAnotherName() throws Exception {
        Restoration.Restored restored = restore();

        Path kept = restored.kept().orElseThrow();
        assertEquals(data.toRealPath().resolve(BEFORE), kept);
        assertEquals(List.of("first"), stored(data));
        assertEquals(List.of("parley.db", BEFORE, "parley.lock"), names(data));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.move(kept, elsewhere.resolve("parley.db"));
        assertEquals(List.of("first", "second"), stored(elsewhere));
    }

    @Test
    void whatTheLogAloneHoldsIsNotTornFromItsDatabase() throws Exception {
        List<String> before;
        Database database = new Database(data.resolve("parley.db"));
        try (SqliteConnection reader = database.reader()) {
            readSomething(reader);
            try (SqliteStore store = open(data)) {
                post(store, "only in the log, while somebody reads");
            }
            before = names(data);
            assertTrue(before.contains("parley.db-wal"), before::toString);

            BackupFailure refusal = assertThrows(BackupFailure.class, this::restore);

            String why = String.valueOf(refusal.getMessage());
            assertTrue(why.contains("belong together"), why);
            assertEquals(before, names(data));
        }
        assertEquals(List.of("first", "second", "only in the log, while somebody reads"), stored(data));
        restore();
        assertEquals(List.of("first"), stored(data));
    }

    @Test
    void aNameThatIsTakenHarmsNobody() throws Exception {
        Files.writeString(data.resolve(BEFORE), "of another restoring");

        assertThrows(BackupFailure.class, this::restore);

        assertEquals("of another restoring", Files.readString(data.resolve(BEFORE)));
        assertEquals(List.of("first", "second"), stored(data));
    }

    @Test
    void whereThereAreNoHardLinksTheOldDatabaseIsCopied() throws Exception {
        byte[] database = Files.readAllBytes(data.resolve("parley.db"));
        Path copy = data.resolve(BEFORE);

        OwnFiles.secondName(copy, data.resolve("parley.db"), (name, file) -> {
            throw new FileSystemException(name.toString(), file.toString(), "Operation not permitted");
        });

        assertArrayEquals(database, Files.readAllBytes(copy));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
        assertThrows(
                FileAlreadyExistsException.class,
                () -> OwnFiles.secondName(copy, data.resolve("parley.db"), (name, file) -> {
                    throw new UnsupportedOperationException();
                }));
        assertArrayEquals(database, Files.readAllBytes(copy));
    }

    private Restoration.Restored restore() {
        return Restoration.restore(backup, data, NOON, new SecureRandom());
    }

    private static SqliteStore open(Path data) {
        return SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1);
    }

    private static void post(SqliteStore store, String text) {
        Logbook book = new Logbook(store.roomLog());
        book.post(book.open("lobby"), guest("Ann"), text);
    }

    private static List<String> stored(Path data) {
        try (SqliteStore store = open(data)) {
            RoomInfo room = new Logbook(store.roomLog()).open("lobby");
            return texts(store.roomLog().after(room.id(), 0, 100, ALL));
        }
    }

    private static void readSomething(SqliteConnection reader) throws Exception {
        reader.beginReading();
        try (ResultSet rows = reader.prepared("SELECT count(*) FROM entry").executeQuery()) {
            assertTrue(rows.next());
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
