package io.parley.store;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static io.parley.contract.Logbook.session;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.contract.Logbook;
import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.identity.UserStore;
import io.parley.room.NameHeldException;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog.Transaction;
import io.parley.room.Write;
import io.parley.room.Written;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;

class SqliteUserStoreTest {
    private static final User ANN = guest("Ann");
    private static final SessionHash ANNS = session("Ann").orElseThrow();

    @TempDir
    Path data;

    private @Nullable SqliteStore opened;

    @AfterEach
    void closeStore() {
        store().close();
    }

    private SqliteStore store() {
        SqliteStore store = opened;
        if (store == null) {
            store = SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1);
            opened = store;
        }
        return store;
    }

    private UserStore users() {
        return store().userStore(this::write);
    }

    @Test
    @Covers("name-held")
    void whoNeverPostedIsNotKnown() {
        assertEquals(Optional.empty(), users().bySession(ANNS));
        assertEquals(Set.of(), users().holdersOf(new UserName("ann"), NOON));
    }

    @Test
    void whoHasPostedIsKnownByTheirSessionAndHoldsTheirName() {
        post(ANN);
        assertEquals(Optional.of(new UserStore.StoredUser(ANN, NOON)), users().bySession(ANNS));
        assertEquals(Optional.empty(), users().bySession(session("Ben").orElseThrow()));
        assertEquals(Set.of(ANN.id()), users().holdersOf(new UserName("ann"), NOON));
    }

    @Test
    void aRevokedSessionIsNobodys() throws Exception {
        post(ANN);
        try (SQLiteConnection connection =
                        JDBC.createConnection("jdbc:sqlite:" + data.resolve("parley.db"), new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE session SET revoked = 1");
        }
        assertEquals(Optional.empty(), users().bySession(ANNS));
    }

    @Test
    @Covers("name-held")
    void aGuestsNameIsHeldForThirtyDays() {
        post(ANN);
        Instant end = NOON.plus(UserStore.NAME_HELD);
        assertEquals(Set.of(ANN.id()), users().holdersOf(new UserName("ann"), end.minusMillis(1)));
        assertEquals(Set.of(), users().holdersOf(new UserName("ann"), end));
    }

    @Test
    void aTouchedSessionIsHeldFromThenOn() {
        post(ANN);
        users().touch(ANN.id(), NOON.plusSeconds(60));
        assertEquals(NOON.plusSeconds(60), users().bySession(ANNS).orElseThrow().lastUsed());
    }

    @Test
    void aRenamedUserIsKnownByTheNewName() {
        post(ANN);
        assertTrue(renamed(users().rename(ANN.id(), new UserName("Anna"), NOON)));
        assertEquals(
                ANN.named(new UserName("Anna")),
                users().bySession(ANNS).orElseThrow().user());
        assertEquals(Set.of(ANN.id()), users().holdersOf(new UserName("anna"), NOON));
        assertEquals(Set.of(), users().holdersOf(new UserName("ann"), NOON));
    }

    @Test
    void aNameThatAnotherHoldsIsNotGiven() {
        post(ANN);
        post(guest("Ben"));
        assertFalse(renamed(users().rename(guest("Ben").id(), ANN.name(), NOON)));
    }

    @Test
    void aUserWhoIsNotStoredIsRenamedWithoutTheStore() {
        assertTrue(renamed(users().rename(ANN.id(), new UserName("Anna"), NOON)));
        assertEquals(Set.of(), users().holdersOf(new UserName("anna"), NOON));
    }

    @Test
    void aRefusalForAnyOtherReasonFailsTheStage() {
        UserStore refused = store().userStore(
                        write -> CompletableFuture.completedFuture(new Written.Refused(Written.Reason.UNAVAILABLE)));
        assertThrows(CompletionException.class, () -> renamed(refused.rename(ANN.id(), ANN.name(), NOON)));
    }

    private void post(User user) {
        Logbook book = new Logbook(store().roomLog());
        RoomInfo room = book.open("lobby");
        book.post(room, user, "hello");
    }

    private static boolean renamed(CompletionStage<Boolean> stage) {
        return stage.toCompletableFuture().join();
    }

    /** What the committer does with these writes, at a time that the test knows. */
    private CompletionStage<Written> write(Write write) {
        try (Transaction transaction = store().roomLog().begin()) {
            UserId author = write.author();
            if (write instanceof Write.Rename rename) {
                transaction.rename(author, rename.name(), NOON);
            } else {
                transaction.touch(author, NOON.plusSeconds(60));
            }
            transaction.commit();
            return CompletableFuture.completedFuture(new Written.Done());
        } catch (NameHeldException e) {
            return CompletableFuture.completedFuture(new Written.Refused(Written.Reason.NAME_HELD));
        }
    }
}
