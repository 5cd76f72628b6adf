package io.parley.contract;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static io.parley.contract.Logbook.session;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.room.Content;
import io.parley.room.ReadMark;
import io.parley.room.RoomId;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomLog.Transaction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link RoomLog} promises of read marks. */
public abstract class MarksContract extends LogContract {
    private static final User ANN = guest("Ann");
    private static final User BEN = guest("Ben");

    @Test
    void whoNeverReadHasNoMarks() {
        assertEquals(Map.of(), log.readMarks(ANN.id()));
        assertEquals(Map.of(), log.readMarks(new UserId("nobody")));
    }

    @Test
    void aMarkIsKeptForItsUserAndRoom() {
        RoomInfo lobby = book.open("lobby");
        RoomInfo den = book.open("den");
        book.post(lobby, ANN, "1", "2", "3");
        book.post(den, ANN, "1");
        assertEquals(new ReadMark(2, 2, true), read(ANN, lobby.id(), 2));
        assertEquals(new ReadMark(1, 1, true), read(ANN, den.id(), 1));
        store(BEN);
        assertEquals(new ReadMark(3, 3, true), read(BEN, lobby.id(), 3));
        assertEquals(
                Map.of(lobby.id(), new ReadMark(2, 2, true), den.id(), new ReadMark(1, 1, true)),
                log.readMarks(ANN.id()));
        assertEquals(Map.of(lobby.id(), new ReadMark(3, 3, true)), log.readMarks(BEN.id()));
    }

    @Test
    void aMarkNeverGoesBackwards() {
        RoomInfo lobby = book.open("lobby");
        book.post(lobby, ANN, "1", "2", "3");
        read(ANN, lobby.id(), 2);
        assertEquals(new ReadMark(2, 2, true), read(ANN, lobby.id(), 1));
        assertEquals(Map.of(lobby.id(), new ReadMark(2, 2, true)), log.readMarks(ANN.id()));
        assertEquals(new ReadMark(3, 3, true), read(ANN, lobby.id(), 3));
        assertEquals(Map.of(lobby.id(), new ReadMark(3, 3, true)), log.readMarks(ANN.id()));
    }

    @Test
    void whatAMarkLeavesUnreadIsCountedExactly() {
        RoomInfo lobby = book.open("lobby");
        book.post(lobby, ANN, "1", "2", "3");
        ReadMark mark = read(ANN, lobby.id(), 1);
        assertEquals(2, mark.unread(book.room(lobby)));
        book.post(lobby, BEN, "4");
        assertEquals(3, mark.unread(book.room(lobby)));
        assertEquals(0, read(ANN, lobby.id(), 4).unread(book.room(lobby)));
    }

    @Test
    void aMarkInAnEmptyRoomIsAtItsBeginning() {
        RoomInfo lobby = book.open("lobby");
        store(ANN);
        assertEquals(new ReadMark(0, 0, true), read(ANN, lobby.id(), 0));
        assertEquals(Map.of(lobby.id(), new ReadMark(0, 0, true)), log.readMarks(ANN.id()));
    }

    @Test
    void whoIsNotStoredHasAMarkOnlyAsAnAnswer() {
        RoomInfo lobby = book.open("lobby");
        book.post(lobby, BEN, "1");
        assertEquals(new ReadMark(1, 1, false), read(ANN, lobby.id(), 1));
        assertEquals(Map.of(), log.readMarks(ANN.id()));
    }

    @Test
    void aMarkThatWasNotCommittedWasNever() {
        RoomInfo lobby = book.open("lobby");
        book.post(lobby, ANN, "1");
        try (Transaction transaction = log.begin()) {
            transaction.read(ANN.id(), lobby.id(), 1);
        }
        assertEquals(Map.of(), log.readMarks(ANN.id()));
    }

    @Test
    void aMarkIsOfTheMessageThatIsStoredInTheSameTransaction() {
        RoomInfo lobby = book.open("lobby");
        try (Transaction transaction = log.begin()) {
            Logbook.append(transaction, lobby.id(), ANN, NOON, List.of(Content.plain("1")), List.of());
            assertEquals(new ReadMark(1, 1, true), transaction.read(ANN.id(), lobby.id(), 1));
            transaction.commit();
        }
        assertEquals(Map.of(lobby.id(), new ReadMark(1, 1, true)), log.readMarks(ANN.id()));
    }

    private ReadMark read(User user, RoomId room, long seq) {
        try (Transaction transaction = log.begin()) {
            ReadMark mark = transaction.read(user.id(), room, seq);
            transaction.commit();
            return mark;
        }
    }

    private void store(User user) {
        try (Transaction transaction = log.begin()) {
            transaction.author(user, session(user.name().value()), NOON);
            transaction.commit();
        }
    }
}
