package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.contract.Logbook;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    @TempDir
    Path data;

    @Test
    void whatWasCommittedIsThereAfterAReopening() {
        RoomInfo room;
        byte[] key;
        try (SqliteStore store = open()) {
            key = SqliteStoreTest.tokenKey(store);
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

    private SqliteStore open() {
        return SqliteStore.open(data.resolve("new/folder"), Clock.systemUTC(), new SecureRandom(), 2);
    }

    private static byte[] tokenKey(SqliteStore store) {
        return store.userStore(write -> {
                    throw new IllegalStateException("nothing is written here");
                })
                .tokenKey();
    }
}
