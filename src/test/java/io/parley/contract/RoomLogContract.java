package io.parley.contract;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static io.parley.contract.Logbook.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.identity.User;
import io.parley.room.Content;
import io.parley.room.Entry;
import io.parley.room.RoomId;
import io.parley.room.RoomInfo;
import io.parley.room.RoomKind;
import io.parley.room.RoomLog;
import io.parley.room.RoomLog.NewEntry;
import io.parley.room.RoomLog.Page;
import io.parley.room.RoomLog.Transaction;
import io.parley.room.RoomLogException;
import io.parley.room.RoomName;
import io.parley.room.StandingMessage;
import io.parley.room.Style;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link RoomLog} promises of rooms, transactions and entries. */
public abstract class RoomLogContract extends LogContract {
    private static final User ANN = guest("Ann");

    @Test
    void aRoomThatNobodyMadeIsNotThere() {
        assertEquals(Optional.empty(), log.find(RoomName.LOBBY));
    }

    @Test
    @Covers("log-epoch")
    void aRoomIsMadeOnceAndKeepsItsEpoch() {
        RoomInfo made = book.open("lobby");
        assertEquals(made, book.open("lobby", NOON.plusSeconds(60)));
        assertEquals(Optional.of(made), log.find(RoomName.LOBBY));
        assertEquals(new RoomInfo(made.id(), RoomName.LOBBY, RoomKind.PUBLIC, "", made.epoch(), 1, 0, 0, NOON), made);
    }

    @Test
    @Covers("log-epoch")
    void twoRoomsShareNoEpoch() {
        assertNotEquals(book.open("one").epoch(), book.open("two").epoch());
    }

    @Test
    void aRoomMadeInATransactionIsFoundInItAndNotOutside() {
        try (Transaction transaction = log.begin()) {
            RoomInfo made = transaction.open(RoomName.LOBBY, ANN.id(), NOON);
            assertEquals(Map.of(made.id(), made), transaction.lock(new TreeSet<>(List.of(made.id()))));
            assertEquals(Optional.empty(), log.find(RoomName.LOBBY));
        }
    }

    @Test
    void aRoomThatIsGoneIsLeftOutOfThoseThatAreHeld() {
        RoomInfo room = book.open("lobby");
        RoomId gone = new RoomId(room.id().value() + 1);
        try (Transaction transaction = log.begin()) {
            assertEquals(Map.of(room.id(), room), transaction.lock(new TreeSet<>(List.of(room.id(), gone))));
        }
    }

    @Test
    void whatIsNotCommittedWasNever() {
        RoomInfo room = book.open("lobby");
        try (Transaction transaction = log.begin()) {
            transaction.open(new RoomName("other"), ANN.id(), NOON);
            Logbook.append(transaction, room.id(), ANN, NOON, contents("lost"), List.of());
        }
        assertEquals(Optional.empty(), log.find(new RoomName("other")));
        assertEquals(new Page(room, List.of(), false), log.after(room.id(), 0, 10, ALL));
        book.post(room, guest("ann"), "kept");
        assertEquals(List.of("kept"), texts(log.after(room.id(), 0, 10, ALL)));
    }

    @Test
    void aTransactionIsOverWhenItIsCommitted() {
        RoomInfo room = book.open("lobby");
        try (Transaction transaction = log.begin()) {
            Logbook.append(transaction, room.id(), ANN, NOON, contents("kept"), List.of());
            transaction.commit();
            assertThrows(IllegalStateException.class, transaction::commit);
        }
        assertEquals(1, book.room(room).head());
    }

    @Test
    void afterAStatementThatFailsNothingOfTheTransactionIsKept() {
        RoomInfo room = book.open("lobby");
        try (Transaction transaction = log.begin()) {
            List<NewEntry> stored =
                    Logbook.append(transaction, room.id(), ANN, NOON, contents("one", "two"), List.of());
            RoomLogException failure = assertThrows(RoomLogException.class, () -> transaction.append(stored));
            assertEquals(RoomLogException.Fault.REJECTED, failure.fault());
            assertThrows(IllegalStateException.class, transaction::commit);
        }
        assertEquals(new Page(room, List.of(), false), log.after(room.id(), 0, 10, ALL));
        book.post(room, ANN, "the next transaction is as good as ever");
        assertEquals(1, book.room(room).head());
    }

    @Test
    void oneTransactionMovesTheHeadsOfManyRooms() {
        List<RoomInfo> rooms = Stream.of("one", "two", "three").map(book::open).toList();
        try (Transaction transaction = log.begin()) {
            for (RoomInfo room : rooms) {
                Logbook.append(transaction, room.id(), ANN, NOON.plusMillis(7), contents(room.name() + "!"), List.of());
            }
            transaction.commit();
        }
        for (RoomInfo before : rooms) {
            RoomInfo room = book.room(before);
            assertEquals(List.of(1L, 1L, 1L), List.of(room.first(), room.head(), room.messages()));
            assertEquals(NOON.plusMillis(7), room.touched());
            assertEquals(List.of(before.name() + "!"), texts(log.after(room.id(), 0, 10, ALL)));
        }
    }

    @Test
    void entriesComeBackLetterForLetter() {
        RoomInfo room = book.open("lobby");
        List<Content> contents = List.of(
                Content.plain("two\nlines,\ta tab"),
                Content.plain("\uD83D\uDC4B\uD83C\uDFFD beyond the BMP: \uD840\uDC00 \uD835\uDD38"),
                Content.plain("e\u0301 is not \u00E9; \u4E2D\u6587; \u202Emarks\u202C"),
                Content.plain("{\"json\":\"\\\\\"}'; DROP TABLE entry; --"),
                Content.plain(" "),
                Content.plain("\uFFFF\uFFFD\u2028"),
                new Content("waves \"all\" around", Style.ACTION),
                Content.plain("x".repeat(100_000)));
        book.post(room, ANN, NOON.plusMillis(1), contents);

        List<? extends Entry> entries = log.after(room.id(), 0, 100, ALL).entries();

        List<Entry> expected = new ArrayList<>();
        for (Content content : contents) {
            expected.add(new Entry.Message(expected.size() + 1L, NOON.plusMillis(1), ANN, content, Optional.empty()));
        }
        assertEquals(expected, entries);
        assertEquals(
                entries,
                log.messagesBefore(room.id(), ANN.id(), Long.MAX_VALUE, 100, ALL).messages().stream()
                        .map(StandingMessage::message)
                        .toList());
    }

    @Test
    void timesKeepTheirMilliseconds() {
        RoomInfo room = book.open("lobby", Instant.ofEpochMilli(1));
        Instant late = Instant.parse("9999-12-31T23:59:59.999Z");
        book.post(room, ANN, late, contents("late"));
        Page page = log.after(room.id(), 0, 1, ALL);
        assertEquals(late, page.entries().get(0).at());
        assertEquals(late, page.room().touched());
        assertEquals(Instant.ofEpochMilli(1), room.touched());
    }

    @Test
    @Covers("from-fields")
    void anEntryTellsItsAuthorAsTheyWereCalledThen() {
        RoomInfo room = book.open("lobby");
        book.post(room, ANN, "as Ann");
        User renamed = ANN.named(guest("Anna").name());
        try (Transaction transaction = log.begin()) {
            assertTrue(transaction.rename(ANN.id(), renamed.name(), NOON));
            Logbook.append(transaction, room.id(), renamed, NOON, contents("as Anna"), List.of());
            transaction.commit();
        }
        assertEquals(
                List.of(ANN, renamed),
                log.after(room.id(), 0, 10, ALL).entries().stream()
                        .map(Entry::from)
                        .toList());
    }

    private static List<Content> contents(String... texts) {
        return Stream.of(texts).map(Content::plain).toList();
    }
}
