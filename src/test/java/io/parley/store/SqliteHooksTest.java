package io.parley.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.room.Epoch;
import io.parley.room.HookId;
import io.parley.room.HookSecret;
import io.parley.room.OutgoingHook;
import io.parley.room.Position;
import io.parley.room.RoomLog.Transaction;
import io.parley.room.RoomName;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHooksTest {
    private static final OutgoingHook FIRST = hook("a", 3);
    private static final OutgoingHook SECOND = hook("b", 4);

    @TempDir
    Path folder;

    @Test
    void whatIsAddedAndMovedIsThereAfterARestart() {
        try (SqliteStore store = open()) {
            write(store, transaction -> {
                transaction.addHook(SECOND);
                transaction.addHook(FIRST);
            });
            write(store, transaction -> transaction.moveHooks(Map.of(FIRST.id(), position(7))));
        }
        try (SqliteStore store = open()) {
            assertEquals(List.of(hook("a", 7), SECOND), store.outgoingHooks());
        }
    }

    @Test
    void whatIsEndedIsNotMovedBackToLife() {
        try (SqliteStore store = open()) {
            write(store, transaction -> transaction.addHook(FIRST));
            write(store, transaction -> transaction.endHook(FIRST.id()));
            write(store, transaction -> {
                transaction.moveHooks(Map.of(FIRST.id(), position(7)));
                transaction.endHook(FIRST.id());
            });
            assertEquals(List.of(), store.outgoingHooks());
        }
    }

    @Test
    void whatIsNotCommittedIsNotThere() {
        try (SqliteStore store = open()) {
            try (Transaction transaction = store.roomLog().begin()) {
                transaction.addHook(FIRST);
            }
            assertEquals(List.of(), store.outgoingHooks());
        }
    }

    private SqliteStore open() {
        return SqliteStore.open(folder, Clock.systemUTC(), new SecureRandom(), 2);
    }

    private static void write(SqliteStore store, Consumer<Transaction> what) {
        try (Transaction transaction = store.roomLog().begin()) {
            what.accept(transaction);
            transaction.commit();
        }
    }

    private static OutgoingHook hook(String id, long seq) {
        return new OutgoingHook(
                new HookId(id),
                RoomName.LOBBY,
                "https://example.org/in?x",
                new HookSecret("thirty-two bytes make one secret".getBytes(US_ASCII)),
                position(seq));
    }

    private static Position position(long seq) {
        return new Position(new Epoch("epoch"), seq);
    }
}
