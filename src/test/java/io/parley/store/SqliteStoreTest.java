package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.config.StartFailure;
import io.parley.conformance.Covers;
import io.parley.contract.Logbook;
import io.parley.room.Content;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomLogException;
import io.parley.room.RoomName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class SqliteStoreTest {
    @TempDir
    Path folder;

    private Path data = Path.of("");

    @BeforeEach
    void nameANewFolder() {
        data = folder.resolve("new/data");
    }

    @Test
    void whatWasCommittedIsThereAfterAReopening() {
        RoomInfo room;
        byte[] key;
        try (SqliteStore store = open()) {
            key = tokenKey(store);
            Logbook book = new Logbook(store.roomLog());
            room = book.open("lobby");
            book.post(room, Logbook.guest("Ann"), "hello", "again");
        }
        try (SqliteStore store = open()) {
            assertArrayEquals(key, tokenKey(store));
            RoomLog.Page page = store.roomLog().after(room.id(), 0, 10, 1_000_000);
            assertEquals(List.of("hello", "again"), Logbook.texts(page));
            assertEquals(room.epoch(), page.room().epoch());
            assertEquals(2, page.room().head());
        }
    }

    @Test
    @Covers("log-epoch")
    void twoDatabasesShareNoSecretAndNoEpoch() {
        try (SqliteStore one = open(folder.resolve("one"));
                SqliteStore two = open(folder.resolve("two"))) {
            assertFalse(Arrays.equals(tokenKey(one), tokenKey(two)));
            assertEquals(32, tokenKey(one).length);
            String first = new Logbook(one.roomLog()).open("lobby").epoch().value();
            String second = new Logbook(two.roomLog()).open("lobby").epoch().value();
            assertNotEquals(first.substring(0, 8), second.substring(0, 8));
            assertNotEquals(first.substring(8), second.substring(8));
        }
    }

    @Test
    void nobodyElseOnTheMachineMayReadTheFolder() throws Exception {
        open().close();
        assumeTrue(Files.getFileStore(data).supportsFileAttributeView("posix"));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    }

    @Test
    void aSecondOpeningHereOrElsewhereIsRefusedInOneLine() throws Exception {
        try (SqliteStore store = open()) {
            String line = assertThrows(StartFailure.class, this::open).line();
            assertTrue(line.contains(data.toString()) && line.contains("in use"), line);
            // That refusal must not have given up the lock.
            assertEquals(OtherProcess.REFUSED, OtherProcess.openAndClose(data).waitFor());
            new Logbook(store.roomLog()).open("lobby");
        }
        assertEquals(OtherProcess.OPENED, OtherProcess.openAndClose(data).waitFor());
        open().close();
    }

    @Test
    void aDatabaseOfANewerParleyIsRefusedAndLeftAlone() throws Exception {
        open().close();
        execute("INSERT INTO flyway_schema_history"
                + " SELECT 99, '9999', 'from the future', type, 'V9999__from_the_future.sql', 1, installed_by,"
                + " installed_on, 1, 1 FROM flyway_schema_history WHERE installed_rank = 1");
        assertRefused("newer Parley");
        execute("DELETE FROM flyway_schema_history WHERE version = '9999'");
        open().close();
    }

    @Test
    void whatIsNoDatabaseIsRefusedAndLeftAlone() throws Exception {
        Files.createDirectories(data);
        String text = "These are my notes, and no database.".repeat(100);
        Files.writeString(data.resolve("parley.db"), text);
        assertRefused("no SQLite database");
        assertEquals(text, Files.readString(data.resolve("parley.db")));
    }

    @Test
    void aDatabaseOfSomebodyElseIsRefused() throws Exception {
        Files.createDirectories(data);
        execute("CREATE TABLE recipes (name TEXT)");
        assertRefused("parley.db");
    }

    @Test
    void aFolderInThePlaceOfTheDatabaseIsRefused() throws Exception {
        Files.createDirectories(data.resolve("parley.db"));
        assertRefused("parley.db");
    }

    @Test
    void aFileInThePlaceOfTheFolderIsRefused() throws Exception {
        Files.createDirectories(data.getParent());
        Files.writeString(data, "a file");
        assertRefused("cannot be made");
        data = data.resolve("below");
        assertRefused("cannot be made");
    }

    @Test
    void aFolderThatCannotBeWrittenToIsRefused() throws Exception {
        // Permissions do not keep root out; a folder in the lock's place does.
        Files.createDirectories(data.resolve("parley.lock"));
        assertRefused("cannot be written to");
    }

    @Test
    void nothingIsLeftBehindByClosing() throws Exception {
        SqliteStore store = open();
        new Logbook(store.roomLog()).open("lobby");
        assertTrue(store.roomLog().find(RoomName.LOBBY).isPresent());
        store.close();
        store.close();

        assertEquals(List.of(), threads());
        assertFalse(Collections.list(DriverManager.getDrivers()).stream().anyMatch(JDBC.class::isInstance));
        try (Stream<Path> files = Files.list(data)) {
            assertEquals(
                    List.of("parley.db", "parley.lock"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertFalse(System.getProperties().toString().contains(data.toString()));
        assertEquals(List.of(), openFiles(data));
    }

    @Test
    void nothingIsLeftBehindByARefusal() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("parley.db"), "no database at all, but long enough to look at".repeat(100));
        assertRefused("no SQLite database");
        assertEquals(List.of(), threads());
        assertEquals(List.of(), openFiles(data));
        Files.delete(data.resolve("parley.db"));
        open().close();
    }

    @Test
    void aClosedStoreIsUnavailable() {
        SqliteStore store = open();
        RoomLog log = store.roomLog();
        store.close();
        RoomLogException reading = assertThrows(RoomLogException.class, () -> log.find(RoomName.LOBBY));
        RoomLogException writing = assertThrows(RoomLogException.class, log::begin);
        assertEquals(RoomLogException.Fault.UNAVAILABLE, reading.fault());
        assertEquals(RoomLogException.Fault.UNAVAILABLE, writing.fault());
    }

    @Test
    void aFolderStaysInUseUntilTheTransactionThatHangsHasEnded() throws Exception {
        SqliteStore store = open();
        RoomInfo room = new Logbook(store.roomLog()).open("lobby");
        RoomLog.Transaction hanging = store.roomLog().begin();
        Logbook.append(
                hanging, room.id(), Logbook.guest("Ann"), Logbook.NOON, List.of(Content.plain("late")), List.of());

        // Who is interrupted does not wait for it.
        Thread.currentThread().interrupt();
        store.close();

        assertTrue(Thread.interrupted());
        assertRefused("in use");
        RoomLogException refusal = assertThrows(RoomLogException.class, store.roomLog()::begin);
        assertEquals(RoomLogException.Fault.UNAVAILABLE, refusal.fault());
        hanging.commit();
        assertRefused("in use");
        hanging.close();
        try (SqliteStore next = open()) {
            assertEquals(1, new Logbook(next.roomLog()).open("lobby").head());
        }
        assertEquals(List.of(), openFiles(data));
    }

    private SqliteStore open() {
        return open(data);
    }

    private static SqliteStore open(Path folder) {
        return SqliteStore.open(folder, Clock.systemUTC(), new SecureRandom(), 2);
    }

    private void assertRefused(String reason) {
        String line = assertThrows(StartFailure.class, this::open).line();
        assertTrue(line.contains(reason), line);
        assertTrue(line.contains(data.toString()), line);
        assertFalse(line.contains("\n"), line);
        assertTrue(line.length() < 400, line);
    }

    private void execute(String sql) throws Exception {
        try (Connection connection =
                        JDBC.createConnection("jdbc:sqlite:" + data.resolve("parley.db"), new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("parley-"))
                .toList();
    }

    /** Where the operating system tells: the files below a folder that this process has open. */
    private static List<String> openFiles(Path folder) throws Exception {
        File[] descriptors = Objects.requireNonNullElse(new File("/proc/self/fd").listFiles(), new File[0]);
        return Stream.of(descriptors)
                .map(SqliteStoreTest::target)
                .filter(target -> target.startsWith(folder.toString()))
                .toList();
    }

    private static String target(File descriptor) {
        try {
            return Files.readSymbolicLink(descriptor.toPath()).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static byte[] tokenKey(SqliteStore store) {
        return store.userStore(write -> {
                    throw new IllegalStateException("nothing is written here");
                })
                .tokenKey();
    }
}
