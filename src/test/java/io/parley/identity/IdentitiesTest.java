package io.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.room.InMemoryRoomLog;
import io.parley.room.RoomLog;
import io.parley.room.Write;
import io.parley.room.Written;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Logging in and out, and who holds which name. */
class IdentitiesTest {
    private final MovableClock clock = new MovableClock();
    private final InMemoryRoomLog log = new InMemoryRoomLog();
    private final FailingUserStore store = new FailingUserStore(log.users(this::write));
    private final Map<SessionHash, String> tokens = new ConcurrentHashMap<>();
    private final Identities identities = new Identities(store, true, clock, new SecureRandom());

    @Test
    @Covers("hello-token-once")
    void aNewGuestIsGivenATokenAndIsTheSameGuestUnderIt() {
        Login first = come("Ann");
        String token = first.issuedToken().orElseThrow();
        UserId id = first.user().id();
        assertTrue(first.user().guest());
        first.close();
        Login again = identities.login(new Credentials(Optional.of(token), Optional.empty(), Optional.empty()));
        assertEquals(id, again.user().id());
        assertEquals(Optional.empty(), again.issuedToken());
        again.close();
        Login byCookie = identities.login(new Credentials(Optional.empty(), Optional.of(token), Optional.empty()));
        assertEquals(id, byCookie.user().id());
        byCookie.close();
        assertEquals(0, identities.active());
    }

    @Test
    void aWrongTokenIsRefusedAndAWrongCookieIsAsGoodAsNone() {
        assertThrows(
                LoginRefusedException.class,
                () -> identities.login(new Credentials(Optional.of("pg_wrong"), Optional.empty(), Optional.empty())));
        Login login = identities.login(new Credentials(Optional.empty(), Optional.of("pg_wrong"), Optional.empty()));
        assertTrue(login.issuedToken().isPresent());
        login.close();
        assertEquals(0, identities.active());
    }

    @Test
    void guestsStayOutWhereTheyAreNotLetIn() {
        Identities closed = new Identities(store, false, clock, new SecureRandom());
        assertThrows(LoginRefusedException.class, () -> closed.login(wish("Ann")));
        assertEquals(0, closed.active());
    }

    @Test
    void aNameIsHeldWhileItsOwnerIsHereAndFreeAfterwards() {
        Login ann = come("Ann");
        Login other = come("ANN");
        assertEquals("Ann", name(ann));
        assertNotEquals("ann", other.user().name().folded());
        ann.close();
        Login third = come("aNN");
        assertEquals("aNN", name(third));
    }

    @Test
    void aNameThatCannotBeTakenIsReplacedByOneMadeUp() {
        for (String wish : List.of("", "*", "a:b", "x".repeat(33), "\u202eAnn")) {
            try (Login login = come(wish)) {
                assertTrue(name(login).matches("[A-Z][a-z]+-[A-Z][a-z]+(-\\d+)?"), name(login));
            }
        }
    }

    @Test
    void allOfOnesLoginsShareOneName() {
        Login tab = come("Ann");
        Login other = again(tab, "Somebody");
        assertEquals(1, identities.active());
        assertEquals("Ann", name(other));
        assertEquals("Anna", rename(tab, "Anna").orElseThrow().name().value());
        assertEquals("Anna", name(other));
        tab.close();
        Login stranger = come("Anna");
        assertNotEquals("Anna", name(stranger));
        other.close();
        assertEquals("Anna", name(come("Anna")));
    }

    @Test
    void whoIsRenamedGivesTheOldNameUp() {
        Login ann = come("Ann");
        Login bob = come("Bob");
        assertEquals(Optional.empty(), rename(ann, "BOB"));
        assertEquals("Ann", name(ann));
        assertTrue(rename(ann, "Cat").isPresent());
        assertEquals("Ann", rename(bob, "Ann").orElseThrow().name().value());
        assertEquals("Bob", name(come("Bob")));
    }

    @Test
    void oneMayChangeTheLettersOfOnesOwnName() {
        Login ann = come("ann");
        assertEquals("Ann", rename(ann, "Ann").orElseThrow().name().value());
        assertNotEquals("ANN", name(come("ANN")));
        ann.close();
        assertEquals("ANN", name(come("ANN")));
    }

    @Test
    @Covers("name-held")
    void aStoredNameIsHeldForThirtyDaysThoughItsOwnerIsAway() {
        Login ann = come("Ann");
        store(ann);
        ann.close();
        clock.moveOn(Duration.ofDays(29));
        Login bob = come("Ann");
        assertNotEquals("Ann", name(bob));
        assertEquals(Optional.empty(), rename(bob, "Ann"));
        clock.moveOn(Duration.ofDays(2));
        assertEquals("Ann", rename(bob, "Ann").orElseThrow().name().value());
    }

    @Test
    void whoComesBackAfterADayKeepsTheName() {
        Login ann = come("Ann");
        store(ann);
        ann.close();
        clock.moveOn(Duration.ofDays(20));
        again(ann, "").close();
        clock.moveOn(Duration.ofDays(20));
        assertNotEquals("Ann", name(come("Ann")));
        assertEquals("Ann", name(again(ann, "")));
    }

    @Test
    void whoseNameWasGivenAwayGetsAnother() {
        Login ann = come("Ann");
        store(ann);
        ann.close();
        clock.moveOn(Duration.ofDays(31));
        Login second = come("Ann");
        store(second);
        second.close();
        // The second Ann is away, but the name is theirs.
        Login first = again(ann, "");
        assertEquals(ann.session(), first.session());
        String given = name(first);
        assertNotEquals("Ann", given);
        assertEquals("Ann", name(again(second, "")));
        first.close();
        assertNotEquals(given, name(come(given)), "it is theirs while they are away");
        assertEquals(given, name(again(ann, "")));
    }

    @Test
    void aNameThatCouldNotBeStoredIsNotHeld() {
        Login ann = come("Ann");
        store.isDown(true);
        assertThrows(RuntimeException.class, () -> rename(ann, "Anna"));
        store.isDown(false);
        assertEquals("Ann", name(ann));
        assertEquals("Anna", name(come("Anna")));
    }

    @Test
    void aNameThatWasLookedUpInVainIsNotHeld() {
        Login ann = come("Ann");
        Login bob = come("Bob");
        store(bob);
        bob.close();
        assertEquals(Optional.empty(), rename(ann, "Bob"));
        assertEquals("Bob", name(again(bob, "")));
    }

    @Test
    void manyWhoComeAndGoLeaveNoNameHeld() throws Exception {
        long seed = new Random().nextLong();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Random random = new Random(seed + i);
                done.add(threads.submit(() -> comeAndGo(random)));
            }
            for (Future<?> each : done) {
                each.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(0, identities.active(), "seed " + seed);
        for (int i = 0; i < 5; i++) {
            assertEquals("Name " + i, name(come("Name " + i)), "seed " + seed);
        }
    }

    private void comeAndGo(Random random) {
        List<Login> logins = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String name = "Name " + random.nextInt(5);
            switch (logins.isEmpty() ? 0 : random.nextInt(4)) {
                case 0 -> logins.add(come(name));
                case 1 -> logins.add(again(logins.get(random.nextInt(logins.size())), name));
                case 2 -> rename(logins.get(random.nextInt(logins.size())), name);
                default -> logins.remove(random.nextInt(logins.size())).close();
            }
        }
        logins.forEach(Login::close);
    }

    /** Somebody who was never here. */
    private Login come(String wish) {
        Login login = identities.login(wish(wish));
        tokens.put(login.session(), login.issuedToken().orElseThrow());
        return login;
    }

    /** Somebody who was here comes again, and would like another name. */
    private Login again(Login before, String wish) {
        String token = Objects.requireNonNull(tokens.get(before.session()));
        Login again = identities.login(new Credentials(Optional.of(token), Optional.empty(), Optional.of(wish)));
        assertFalse(again.issuedToken().isPresent());
        return again;
    }

    private Optional<User> rename(Login login, String name) {
        return identities
                .rename(login, new UserName(name))
                .toCompletableFuture()
                .join();
    }

    /** What a first post does. */
    private void store(Login login) {
        try (RoomLog.Transaction transaction = log.begin()) {
            transaction.author(login.user(), Optional.of(login.session()), clock.instant());
            transaction.commit();
        }
    }

    private synchronized CompletionStage<Written> write(Write write) {
        try (RoomLog.Transaction transaction = log.begin()) {
            if (write instanceof Write.Rename rename) {
                transaction.rename(rename.author(), rename.name(), clock.instant());
            } else if (write instanceof Write.Touch touch) {
                transaction.touch(touch.author(), clock.instant());
            }
            transaction.commit();
        }
        return CompletableFuture.completedFuture(new Written.Done());
    }

    private static String name(Login login) {
        return login.user().name().value();
    }

    private static Credentials wish(String name) {
        return new Credentials(Optional.empty(), Optional.empty(), Optional.of(name));
    }
}
