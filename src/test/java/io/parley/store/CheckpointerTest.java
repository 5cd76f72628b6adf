package io.parley.store;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.contract.Logbook;
import io.parley.room.Content;
import io.parley.room.RoomInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointerTest {
    private static final List<Content> ABOUT_A_MEGABYTE = Collections.nCopies(128, Content.plain("x".repeat(8 * 1024)));
    private static final Checkpointer.Bounds BOUNDS = new Checkpointer.Bounds(4 << 20, 16 << 20, 10_000);
    /** Twice the most, and what is written while the checkpoint that notices it is under way. */
    private static final long LONGEST = 64 << 20;

    @TempDir
    Path data;

    @Test
    void theLogStaysBoundedUnderASteadyLoad() throws Exception {
        try (SqliteStore store = open()) {
            Logbook book = new Logbook(store.roomLog());
            RoomInfo room = book.open("lobby");
            long longest = 0;
            for (int i = 0; i < 150; i++) {
                book.post(room, guest("Ann"), NOON, ABOUT_A_MEGABYTE);
                longest = Math.max(longest, logLength());
            }
            assertTrue(longest < LONGEST, "the log grew to " + longest);
            assertEquals(150 * 128, book.room(room).head());
        }
        assertTrue(Files.size(data.resolve("parley.db")) > 150 << 20);
    }

    @Test
    void aReaderInTheWayOnlyPutsItOff() throws Exception {
        try (SqliteStore store = open()) {
            Logbook book = new Logbook(store.roomLog());
            RoomInfo room = book.open("lobby");
            Database database = new Database(data.resolve("parley.db"));
            try (SqliteConnection reader = database.reader()) {
                reader.beginReading();
                try (ResultSet rows =
                        reader.prepared("SELECT count(*) FROM entry").executeQuery()) {
                    rows.next();
                }
                while (logLength() < LONGEST) {
                    book.post(room, guest("Ann"), NOON, ABOUT_A_MEGABYTE);
                }
            }
            long length = logLength();
            for (int i = 0; i < 150; i++) {
                book.post(room, guest("Ann"), NOON, ABOUT_A_MEGABYTE);
            }
            assertTrue(logLength() < length + LONGEST, "the log was not begun anew when the reader was gone");
        }
    }

    private SqliteStore open() {
        return SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1, BOUNDS);
    }

    private long logLength() throws Exception {
        return data.resolve("parley.db-wal").toFile().length();
    }
}
