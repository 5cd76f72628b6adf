package io.parley.contract;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static io.parley.contract.Logbook.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.identity.User;
import io.parley.room.Content;
import io.parley.room.Entry;
import io.parley.room.Position;
import io.parley.room.RoomId;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomLog.Messages;
import io.parley.room.RoomLog.Page;
import io.parley.room.RoomLog.Transaction;
import io.parley.room.RoomLogException;
import io.parley.room.RoomName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link RoomLog} promises of pages, of entries and of rooms. */
public abstract class PagesContract extends LogContract {
    private static final User ANN = guest("Ann");

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
        Messages newest = log.messagesBefore(room.id(), ANN.id(), Long.MAX_VALUE, 2, ALL);
        assertEquals(List.of("4", "5"), texts(newest));
        assertTrue(newest.more());
        assertEquals(room, newest.room());
        Messages older = log.messagesBefore(room.id(), ANN.id(), 4, 3, ALL);
        assertEquals(List.of("1", "2", "3"), texts(older));
        assertFalse(older.more());
    }

    @Test
    void thereIsNothingBeforeTheFirst() {
        RoomInfo room = fiveMessages();
        for (long before : new long[] {1, 0}) {
            assertEquals(
                    new Messages(room, List.of(), false), log.messagesBefore(room.id(), ANN.id(), before, 10, ALL));
        }
    }

    @Test
    void aLimitOfNoneAsksForTheRoomAloneAndWhetherThereIsMore() {
        RoomInfo room = fiveMessages();
        RoomInfo empty = book.open("empty");
        assertEquals(
                new Messages(room, List.of(), true), log.messagesBefore(room.id(), ANN.id(), Long.MAX_VALUE, 0, ALL));
        assertEquals(new Page(room, List.of(), true), log.after(room.id(), 4, 0, ALL));
        assertEquals(new Page(room, List.of(), false), log.after(room.id(), 5, 0, ALL));
        assertEquals(
                new Messages(empty, List.of(), false),
                log.messagesBefore(empty.id(), ANN.id(), Long.MAX_VALUE, 0, ALL));
        assertEquals(new Page(empty, List.of(), false), log.after(empty.id(), 0, 0, ALL));
    }

    @Test
    void aPageEndsBeforeItGrowsTooHeavy() {
        RoomInfo room = fiveMessages();
        int each = log.after(room.id(), 0, 1, ALL).entries().get(0).weight();
        assertEquals(List.of("1", "2"), texts(log.after(room.id(), 0, 10, 3 * each - 1)));
        assertEquals(List.of("1", "2", "3"), texts(log.after(room.id(), 0, 10, 3 * each)));
        assertEquals(
                List.of("4", "5"), texts(log.messagesBefore(room.id(), ANN.id(), Long.MAX_VALUE, 10, 3 * each - 1)));
        assertTrue(log.messagesBefore(room.id(), ANN.id(), Long.MAX_VALUE, 10, 3 * each - 1)
                .more());
        assertFalse(log.after(room.id(), 0, 5, 5 * each).more());
    }

    @Test
    void oneEntryIsGivenHoweverHeavy() {
        RoomInfo room = fiveMessages();
        assertEquals(List.of("2"), texts(log.after(room.id(), 1, 10, 1)));
        assertEquals(List.of("5"), texts(log.messagesBefore(room.id(), ANN.id(), Long.MAX_VALUE, 10, 0)));
        assertTrue(log.after(room.id(), 1, 10, 1).more());
        assertFalse(log.after(room.id(), 4, 10, 1).more());
        assertFalse(log.messagesBefore(room.id(), ANN.id(), 2, 10, 1).more());
    }

    @Test
    void pagesOfOneRoomHoldNothingOfAnother() {
        RoomInfo one = book.open("one");
        RoomInfo two = book.open("two");
        book.post(one, ANN, "1a");
        book.post(two, ANN, "2a");
        book.post(one, ANN, "1b");
        assertEquals(List.of("1a", "1b"), texts(log.after(one.id(), 0, 10, ALL)));
        assertEquals(List.of("2a"), texts(log.messagesBefore(two.id(), ANN.id(), Long.MAX_VALUE, 10, ALL)));
        assertFalse(
                log.messagesBefore(two.id(), ANN.id(), Long.MAX_VALUE, 1, ALL).more());
    }

    @Test
    void aRoomThatIsNotThereHasNoPages() {
        RoomId none = new RoomId(17);
        assertThrows(RoomLogException.class, () -> log.after(none, 0, 10, ALL));
        assertThrows(RoomLogException.class, () -> log.messagesBefore(none, ANN.id(), 10, 10, ALL));
    }

    @Test
    @Covers("log-unresumable")
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
            assertEquals(List.of("5"), texts(log.messagesBefore(room.id(), ANN.id(), Long.MAX_VALUE, 1, ALL)));
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
                    Messages newest = log.messagesBefore(room.id(), ANN.id(), Long.MAX_VALUE, 3, ALL);
                    assertEquals(
                            newest.room().head(),
                            newest.messages().isEmpty()
                                    ? 0
                                    : newest.messages()
                                            .get(newest.messages().size() - 1)
                                            .message()
                                            .seq());
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
