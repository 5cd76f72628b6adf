package io.parley.contract;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static io.parley.contract.Logbook.session;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.identity.Pass;
import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.identity.UserStore;
import io.parley.room.Content;
import io.parley.room.ContentHash;
import io.parley.room.Entry;
import io.parley.room.MessageKey;
import io.parley.room.NameHeldException;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomLog.KeyRef;
import io.parley.room.RoomLog.KeyUse;
import io.parley.room.RoomLog.Transaction;
import io.parley.room.RoomLogException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link RoomLog} promises of authors, their names and their keys. */
public abstract class AuthorsContract extends LogContract {
    private static final User ANN = guest("Ann");
    private static final User BEN = guest("Ben");

    /** Every form that a key may have; several differ in one letter or spell nearly the same bytes. */
    private static final List<MessageKey> KEYS = List.of(
                    "AAAAAAAAAAAAAAAAAAAAAA",
                    // Spells the same bytes with other unused bits.
                    "AAAAAAAAAAAAAAAAAAAAAB",
                    "_-_-_-_-_-_-_-_-_-_-_w",
                    "+/+/+/+/+/+/+/+/+/+/+w",
                    "AAAAAAAAAAAAAAAAAAAAA",
                    "AAAAAAAAAAAAAAAAAAAAAA==",
                    "AAAAAAAAAAAAAAAAAAAAAAA",
                    "550e8400-e29b-41d4-a716-446655440000",
                    "550E8400-e29b-41d4-a716-446655440000",
                    "a",
                    "\"\\'{}~!",
                    "x".repeat(64))
            .stream()
            .map(MessageKey::new)
            .toList();

    @Test
    void anAuthorKeepsTheirNumber() {
        long ann = store(ANN, NOON);
        long ben = store(BEN, NOON);
        assertNotEquals(ann, ben);
        assertEquals(ann, store(ANN, NOON.plusSeconds(1)));
        assertEquals(ben, store(BEN.named(new UserName("Benjamin")), NOON));
    }

    @Test
    void aProgramIsAUserWhoseNameNobodyElseGets() {
        User bot = new User(new UserId("bot"), new UserName("Robot"), false, true);
        issue(bot, "first", NOON);
        long robot = store(bot, NOON);
        issue(bot, "second", NOON.plusSeconds(1));
        assertEquals(robot, store(bot, NOON.plusSeconds(2)));
        try (Transaction transaction = log.begin()) {
            Instant muchLater = NOON.plus(UserStore.NAME_HELD).plus(UserStore.NAME_HELD);
            assertThrows(
                    NameHeldException.class, () -> transaction.author(guest("Robot"), session("somebody"), muchLater));
        }
    }

    @Test
    void aProgramGetsNoNameThatIsSomebodyElses() {
        store(ANN, NOON);
        User bot = new User(new UserId("bot"), ANN.name(), false, true);
        assertThrows(NameHeldException.class, () -> issue(bot, "first", NOON));
        issue(bot, "second", NOON.plus(UserStore.NAME_HELD).plusSeconds(1));
    }

    private void issue(User bot, String secret, Instant at) {
        try (Transaction transaction = log.begin()) {
            transaction.issue(new Pass(SessionHash.of(secret), secret, bot, false, Optional.empty()), at);
            transaction.commit();
        }
    }

    @Test
    void anAuthorWhoWasNotCommittedIsNotRemembered() {
        try (Transaction transaction = log.begin()) {
            transaction.author(ANN, session("Ann"), NOON);
        }
        long ben = store(guest("Ben"), NOON);
        long ann = store(ANN, NOON);
        assertNotEquals(ben, ann);
        RoomInfo room = book.open("lobby");
        book.post(room, ANN, "by Ann");
        book.post(room, BEN, "by Ben");
        assertEquals(
                List.of(ANN, BEN),
                log.after(room.id(), 0, 10, ALL).entries().stream()
                        .map(Entry::from)
                        .toList());
    }

    @Test
    void aBotAndAUserWithAnAccountComeBackAsWhatTheyAre() {
        RoomInfo room = book.open("lobby");
        User account = new User(new UserId("u1"), new UserName("Account"), false, false);
        User bot = new User(new UserId("u2"), new UserName("Bot"), false, true);
        book.post(room, account, "1");
        book.post(room, bot, "2");
        assertEquals(
                List.of(account, bot),
                log.after(room.id(), 0, 10, ALL).entries().stream()
                        .map(Entry::from)
                        .toList());
    }

    @Test
    void aNameThatIsHeldIsGivenToNobodyElseInWhateverCase() {
        store(ANN, NOON);
        User other = User.guest(new UserId("other"), new UserName("aNN"));
        try (Transaction transaction = log.begin()) {
            assertThrows(NameHeldException.class, () -> transaction.author(other, session("other"), NOON));
            // The transaction is still good.
            transaction.author(BEN, session("Ben"), NOON);
            transaction.commit();
        }
        assertHeld(new UserName("Ben"), NOON);
        assertHeld(new UserName("ANN"), NOON);
    }

    @Test
    @Covers("name-scripts")
    void aNameThatLooksLikeOneThatIsHeldIsGivenToNobodyElse() {
        store(guest("coco"), NOON);
        // All Cyrillic.
        UserName imitation = new UserName("\u0441\u043E\u0441\u043E");
        assertHeld(imitation, NOON);
        assertHeld(new UserName("C0C0"), NOON);
        store(BEN, NOON);
        try (Transaction transaction = log.begin()) {
            assertThrows(NameHeldException.class, () -> transaction.rename(BEN.id(), imitation, NOON));
            // One's own may be changed for it.
            assertTrue(transaction.rename(guest("coco").id(), imitation, NOON));
            transaction.commit();
        }
        assertHeld(new UserName("coco"), NOON);
    }

    @Test
    void whoTakesANameThatTwoLetGoOfTakesItFromBoth() {
        store(guest("coco"), NOON);
        store(guest("Ian"), NOON);
        Instant later = NOON.plus(UserStore.NAME_HELD);
        // The same as one of them, and looking like the other.
        store(User.guest(new UserId("one"), new UserName("C0CO")), later);
        store(User.guest(new UserId("two"), new UserName("ian")), later);
        assertHeld(new UserName("coco"), later);
        assertHeld(new UserName("Ian"), later);
    }

    @Test
    @Covers("name-held")
    void aGuestsNameIsGivenAwayAfterThirtyDays() {
        store(ANN, NOON);
        Instant lastMoment = NOON.plus(UserStore.NAME_HELD).minusMillis(1);
        assertHeld(ANN.name(), lastMoment);
        User other = User.guest(new UserId("other"), ANN.name());
        store(other, lastMoment.plusMillis(1));
        // The first one comes back and is still known, but the name is another's.
        touch(ANN.id(), lastMoment.plusMillis(2));
        assertHeld(ANN.name(), lastMoment.plusMillis(3));
        try (Transaction transaction = log.begin()) {
            assertThrows(
                    NameHeldException.class, () -> transaction.rename(ANN.id(), ANN.name(), lastMoment.plusMillis(3)));
        }
    }

    @Test
    @Covers("name-held")
    void aNameIsHeldFromItsLastUse() {
        store(ANN, NOON);
        Instant used = NOON.plus(UserStore.NAME_HELD).minusMillis(1);
        touch(ANN.id(), used);
        // A late write must not take anything back.
        touch(ANN.id(), NOON);
        assertHeld(ANN.name(), used.plus(UserStore.NAME_HELD).minusMillis(1));
    }

    @Test
    void aUserWithAnAccountHoldsTheirNameForEver() {
        store(new User(new UserId("u1"), ANN.name(), false, false), NOON);
        assertHeld(ANN.name(), NOON.plus(UserStore.NAME_HELD.multipliedBy(100)));
    }

    @Test
    void whoIsRenamedHoldsTheNewNameAndNotTheOld() {
        store(ANN, NOON);
        assertTrue(rename(ANN.id(), "Anna"));
        assertHeld(new UserName("anna"), NOON);
        store(User.guest(new UserId("other"), ANN.name()), NOON);
        assertTrue(rename(ANN.id(), "ANNA"));
        try (Transaction transaction = log.begin()) {
            assertThrows(NameHeldException.class, () -> transaction.rename(ANN.id(), ANN.name(), NOON));
        }
    }

    @Test
    void whoIsNotStoredIsNeitherRenamedNorMissed() {
        assertFalse(rename(ANN.id(), "Anna"));
        touch(ANN.id(), NOON);
        store(User.guest(new UserId("other"), new UserName("Anna")), NOON);
    }

    @Test
    void aRenamingThatIsNotCommittedWasNever() {
        store(ANN, NOON);
        try (Transaction transaction = log.begin()) {
            assertTrue(transaction.rename(ANN.id(), new UserName("Anna"), NOON));
        }
        assertHeld(ANN.name(), NOON);
        store(User.guest(new UserId("other"), new UserName("Anna")), NOON);
    }

    @Test
    void keysComeBackLetterForLetter() {
        RoomInfo room = book.open("lobby");
        for (MessageKey key : KEYS) {
            book.post(room, ANN, Content.plain("under " + key.value()), key);
        }
        assertEquals(
                KEYS,
                log.after(room.id(), 0, 100, ALL).entries().stream()
                        .map(entry -> ((Entry.Message) entry).key().orElseThrow())
                        .toList());
    }

    @Test
    void aKeyIsFoundWithWhatItWasUsedFor() {
        RoomInfo room = book.open("lobby");
        long ann = store(ANN, NOON);
        Map<KeyRef, KeyUse> expected = new HashMap<>();
        for (MessageKey key : KEYS) {
            Content content = Content.plain("under " + key.value());
            book.post(room, ANN, content, key);
            expected.put(
                    new KeyRef(room.id(), ann, key), new KeyUse(expected.size() + 1L, NOON, ContentHash.of(content)));
        }
        assertEquals(expected, book.uses(room, ANN, KEYS));
        assertEquals(Map.of(), book.uses(room, ANN, List.of(new MessageKey("A"), new MessageKey("unused"))));
        assertEquals(Map.of(), book.uses(room, ANN, List.of()));
    }

    @Test
    @Covers("key-same")
    void aKeyBelongsToOneRoomAndOneAuthor() {
        RoomInfo one = book.open("one");
        RoomInfo two = book.open("two");
        MessageKey key = KEYS.get(0);
        book.post(one, ANN, Content.plain("one, Ann"), key);
        assertEquals(Map.of(), book.uses(one, BEN, KEYS));
        assertEquals(Map.of(), book.uses(two, ANN, KEYS));
        book.post(one, BEN, Content.plain("one, Ben"), key);
        book.post(two, ANN, Content.plain("two, Ann"), key);
        assertEquals(2, onlyUse(one, BEN).seq());
        assertEquals(1, onlyUse(two, ANN).seq());
        assertEquals(
                ContentHash.of(Content.plain("one, Ann")), onlyUse(one, ANN).hash());
    }

    @Test
    void aKeyIsNotStoredTwice() {
        RoomInfo room = book.open("lobby");
        for (MessageKey key : List.of(KEYS.get(0), KEYS.get(7))) {
            book.post(room, ANN, Content.plain("first"), key);
            RoomInfo before = book.room(room);
            assertThrows(RoomLogException.class, () -> book.post(room, ANN, Content.plain("second"), key));
            assertEquals(before, book.room(room));
        }
    }

    @Test
    void aKeyIsSeenInTheTransactionThatUsesIt() {
        RoomInfo room = book.open("lobby");
        try (Transaction transaction = log.begin()) {
            Logbook.append(transaction, room.id(), ANN, NOON, List.of(Content.plain("x")), KEYS.subList(0, 1));
            long ann = transaction.author(ANN, Optional.empty(), NOON);
            assertEquals(
                    1,
                    transaction
                            .keys(List.of(new KeyRef(room.id(), ann, KEYS.get(0))))
                            .size());
        }
        assertEquals(Map.of(), book.uses(room, ANN, KEYS));
    }

    private KeyUse onlyUse(RoomInfo room, User author) {
        return book.uses(room, author, KEYS.subList(0, 1)).values().iterator().next();
    }

    private long store(User user, Instant at) {
        try (Transaction transaction = log.begin()) {
            long number = transaction.author(user, session(user.id().value()), at);
            transaction.commit();
            return number;
        }
    }

    private void touch(UserId user, Instant at) {
        try (Transaction transaction = log.begin()) {
            transaction.touch(user, at);
            transaction.commit();
        }
    }

    private boolean rename(UserId user, String name) {
        try (Transaction transaction = log.begin()) {
            boolean known = transaction.rename(user, new UserName(name), NOON);
            transaction.commit();
            return known;
        }
    }

    private void assertHeld(UserName name, Instant at) {
        try (Transaction transaction = log.begin()) {
            User somebody = User.guest(new UserId("somebody-else"), name);
            assertThrows(NameHeldException.class, () -> transaction.author(somebody, Optional.empty(), at));
        }
    }
}
