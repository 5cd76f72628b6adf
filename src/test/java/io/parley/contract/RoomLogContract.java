package io.parley.contract;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static io.parley.contract.Logbook.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.identity.User;
import io.parley.room.Content;
import io.parley.room.Entry;
import io.parley.room.Position;
import io.parley.room.RoomId;
import io.parley.room.RoomInfo;
import io.parley.room.RoomKind;
import io.parley.room.RoomLog;
import io.parley.room.RoomLog.NewEntry;
import io.parley.room.RoomLog.Page;
import io.parley.room.RoomLog.Transaction;
import io.parley.room.RoomLogException;
import io.parley.room.RoomName;
import io.parley.room.Style;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link RoomLog} promises of rooms, transactions and pages. */
public abstract class RoomLogContract {
    private static final int ALL = 1_000_000;
    private static final User ANN = guest("Ann");

    @TempDir
    protected Path folder;

    private RoomLog log;
    private Logbook book;

    /** A log with nothing in it, which the test closes. */
    protected abstract RoomLog emptyLog();

    @BeforeEach
    final void openLog() {
        log = emptyLog();
        book = new Logbook(log);
    }

    @AfterEach
    final void closeLog() {
        log.close();
    }

    @Test
    void aRoomThatNobodyMadeIsNotThere() {
        assertEquals(Optional.empty(), log.find(RoomName.LOBBY));
    }

    @Test
    void aRoomIsMadeOnceAndKeepsItsEpoch() {
        RoomInfo made = book.open("lobby");
        assertEquals(made, book.open("lobby", NOON.plusSeconds(60)));
        assertEquals(Optional.of(made), log.find(RoomName.LOBBY));
        assertEquals(new RoomInfo(made.id(), RoomName.LOBBY, RoomKind.PUBLIC, "", made.epoch(), 1, 0, 0, NOON), made);
    }

    @Test
    void twoRoomsShareNoEpoch() {
        assertNotEquals(book.open("one").epoch(), book.open("two").epoch());
    }

    @Test
    void aRoomMadeInATransactionIsFoundInItAndNotOutside() {
        try (Transaction transaction = log.begin()) {
            RoomInfo made = transaction.open(RoomName.LOBBY, NOON);
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
            transaction.open(new RoomName("other"), NOON);
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
                entries, log.messagesBefore(room.id(), Long.MAX_VALUE, 100, ALL).entries());
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

    @Test
    void aPageAfterAPositionGoesOnWhereTheLastOneEnded() {
        RoomInfo room = fiveMessages();
        Page first = log.after(room.id(), 0, 2, ALL);
        assertEquals(List.of("1", "2"), texts(first));
        assertTrue(first.more());
        Page second = log.after(room.id(), 2, 3, ALL);
        assertEquals(List.of("3", "4", "5"), texts(second));
        assertFalse(second.more());
        assertEquals(room, second.room());
    }

    @Test
    void thereIsNothingAfterTheHead() {
        RoomInfo room = fiveMessages();
        for (long after : new long[] {5, 6, Long.MAX_VALUE}) {
            assertEquals(new Page(room, List.of(), false), log.after(room.id(), after, 10, ALL));
        }
    }

    @Test
    void aPageBeforeAPositionHoldsTheNewestBeforeIt() {
        RoomInfo room = fiveMessages();
        Page newest = log.messagesBefore(room.id(), Long.MAX_VALUE, 2, ALL);
        assertEquals(List.of("4", "5"), texts(newest));
        assertTrue(newest.more());
        assertEquals(room, newest.room());
        Page older = log.messagesBefore(room.id(), 4, 3, ALL);
        assertEquals(List.of("1", "2", "3"), texts(older));
        assertFalse(older.more());
    }

    @Test
    void thereIsNothingBeforeTheFirst() {
        RoomInfo room = fiveMessages();
        for (long before : new long[] {1, 0}) {
            assertEquals(new Page(room, List.of(), false), log.messagesBefore(room.id(), before, 10, ALL));
        }
    }

    @Test
    void aLimitOfNoneAsksForTheRoomAloneAndWhetherThereIsMore() {
        RoomInfo room = fiveMessages();
        RoomInfo empty = book.open("empty");
        assertEquals(new Page(room, List.of(), true), log.messagesBefore(room.id(), Long.MAX_VALUE, 0, ALL));
        assertEquals(new Page(room, List.of(), true), log.after(room.id(), 4, 0, ALL));
        assertEquals(new Page(room, List.of(), false), log.after(room.id(), 5, 0, ALL));
        assertEquals(new Page(empty, List.of(), false), log.messagesBefore(empty.id(), Long.MAX_VALUE, 0, ALL));
        assertEquals(new Page(empty, List.of(), false), log.after(empty.id(), 0, 0, ALL));
    }

    @Test
    void aPageEndsBeforeItGrowsTooHeavy() {
        RoomInfo room = fiveMessages();
        int each = log.after(room.id(), 0, 1, ALL).entries().get(0).weight();
        assertEquals(List.of("1", "2"), texts(log.after(room.id(), 0, 10, 3 * each - 1)));
        assertEquals(List.of("1", "2", "3"), texts(log.after(room.id(), 0, 10, 3 * each)));
        assertEquals(List.of("4", "5"), texts(log.messagesBefore(room.id(), Long.MAX_VALUE, 10, 3 * each - 1)));
        assertTrue(
                log.messagesBefore(room.id(), Long.MAX_VALUE, 10, 3 * each - 1).more());
        assertFalse(log.after(room.id(), 0, 5, 5 * each).more());
    }

    @Test
    void oneEntryIsGivenHoweverHeavy() {
        RoomInfo room = fiveMessages();
        assertEquals(List.of("2"), texts(log.after(room.id(), 1, 10, 1)));
        assertEquals(List.of("5"), texts(log.messagesBefore(room.id(), Long.MAX_VALUE, 10, 0)));
        assertTrue(log.after(room.id(), 1, 10, 1).more());
        assertFalse(log.after(room.id(), 4, 10, 1).more());
        assertFalse(log.messagesBefore(room.id(), 2, 10, 1).more());
    }

    @Test
    void pagesOfOneRoomHoldNothingOfAnother() {
        RoomInfo one = book.open("one");
        RoomInfo two = book.open("two");
        book.post(one, ANN, "1a");
        book.post(two, ANN, "2a");
        book.post(one, ANN, "1b");
        assertEquals(List.of("1a", "1b"), texts(log.after(one.id(), 0, 10, ALL)));
        assertEquals(List.of("2a"), texts(log.messagesBefore(two.id(), Long.MAX_VALUE, 10, ALL)));
        assertFalse(log.messagesBefore(two.id(), Long.MAX_VALUE, 1, ALL).more());
    }

    @Test
    void aRoomThatIsNotThereHasNoPages() {
        RoomId none = new RoomId(17);
        assertThrows(RoomLogException.class, () -> log.after(none, 0, 10, ALL));
        assertThrows(RoomLogException.class, () -> log.messagesBefore(none, 10, 10, ALL));
    }

    @Test
    void aPositionInTheRoomCanBeResumedFrom() {
        RoomInfo room = fiveMessages();
        assertTrue(room.canResume(new Position(room.epoch(), 5)));
        assertFalse(room.canResume(new Position(room.epoch(), 6)));
    }

    @Test
    void readersSeeWhatWasCommittedAndNotWhatIsBeingWritten() {
        RoomInfo room = fiveMessages();
        try (Transaction transaction = log.begin()) {
            Logbook.append(transaction, room.id(), ANN, NOON, contents("6", "7"), List.of());
            assertEquals(Optional.of(room), log.find(room.name()));
            assertEquals(new Page(room, List.of(), false), log.after(room.id(), 5, 10, ALL));
            assertEquals(List.of("5"), texts(log.messagesBefore(room.id(), Long.MAX_VALUE, 1, ALL)));
            transaction.commit();
            assertEquals(List.of("6", "7"), texts(log.after(room.id(), 5, 10, ALL)));
        }
    }

    @Test
    void entriesNeverRunPastTheHeadBesideThem() throws Exception {
        RoomInfo room = book.open("lobby");
        AtomicBoolean written = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<?> reading = reader.submit(() -> {
                while (!written.get()) {
                    Page newest = log.messagesBefore(room.id(), Long.MAX_VALUE, 3, ALL);
                    assertEquals(newest.room().head(), lastSeq(newest, 0));
                    Page after = log.after(room.id(), newest.room().head(), ALL, ALL);
                    assertEquals(
                            after.room().head(), lastSeq(after, newest.room().head()));
                }
            });
            for (int i = 0; i < 200; i++) {
                book.post(room, ANN, "a", "b");
            }
            written.set(true);
            reading.get();
        } finally {
            written.set(true);
            reader.shutdownNow();
        }
    }

    @Test
    void publicRoomsComeInTheOrderOfTheirNames() {
        // In code points U+20000 comes after U+FA0E, in UTF-16 units before it.
        List<String> ordered = List.of("1", "a", "b", "z.z", "z_z", "zz", "\u00E9", "\u4E2D", "\uFA0E", "\uD840\uDC00");
        List<String> mixed = new ArrayList<>(ordered.subList(4, ordered.size()));
        mixed.addAll(ordered.subList(0, 4));
        mixed.forEach(book::open);
        assertEquals(ordered, names(log.publicRooms(Optional.empty(), 100)));
        assertEquals(
                ordered,
                ordered.stream()
                        .map(RoomName::new)
                        .sorted()
                        .map(RoomName::value)
                        .toList());
        for (int i = 0; i < ordered.size(); i++) {
            assertEquals(
                    ordered.subList(i + 1, Math.min(ordered.size(), i + 4)),
                    names(log.publicRooms(Optional.of(new RoomName(ordered.get(i))), 3)));
        }
    }

    @Test
    void publicRoomsGoOnAfterANameThatIsNotAmongThem() {
        book.open("b");
        book.open("d");
        assertEquals(List.of("d"), names(log.publicRooms(Optional.of(new RoomName("c")), 10)));
        assertEquals(List.of(), names(log.publicRooms(Optional.of(new RoomName("e")), 10)));
        assertEquals(List.of(), names(log.publicRooms(Optional.empty(), 0)));
    }

    private RoomInfo fiveMessages() {
        RoomInfo room = book.open("lobby");
        book.post(
                room,
                ANN,
                IntStream.rangeClosed(1, 5).mapToObj(Integer::toString).toArray(String[]::new));
        return book.room(room);
    }

    private static long lastSeq(Page page, long otherwise) {
        List<? extends Entry> entries = page.entries();
        return entries.isEmpty() ? otherwise : entries.get(entries.size() - 1).seq();
    }

    private static List<Content> contents(String... texts) {
        return Stream.of(texts).map(Content::plain).toList();
    }

    private static List<String> names(List<RoomInfo> rooms) {
        return rooms.stream().map(room -> room.name().value()).toList();
    }
}
