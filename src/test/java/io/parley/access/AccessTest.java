package io.parley.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.Limits;
import io.parley.conformance.Covers;
import io.parley.contract.Logbook;
import io.parley.identity.User;
import io.parley.room.InMemoryRoomLog;
import io.parley.room.Room;
import io.parley.room.RoomKind;
import io.parley.room.RoomName;
import io.parley.room.Rooms;
import io.parley.room.TailBudget;
import io.parley.text.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may do what, how often, and how they are told. */
class AccessTest {
    private static final User ANN = Logbook.guest("Ann");
    private static final User BOB = Logbook.guest("Bob");

    private final Limits limits = Limits.defaults();
    private final Access access = new Access(limits);

    @Test
    @Covers("room-hidden")
    void whatIsNotPublicIsNotThere() {
        assertEquals(Optional.empty(), access.read(ANN, RoomKind.PUBLIC));
        for (RoomKind kind : new RoomKind[] {RoomKind.PRIVATE, RoomKind.DIRECT}) {
            assertEquals(Optional.of(Refusal.noSuchRoom()), access.read(ANN, kind));
        }
    }

    @Test
    void whoPostsTooFastIsToldWhenToGoOn() {
        Room room = lobby();
        int taken = 0;
        Optional<Refusal> refusal = access.post(ANN, room);
        // A bucket fills while it is emptied; on a machine that stands still for a second this takes a few more.
        while (refusal.isEmpty() && taken < 100 * limits.postsBurst()) {
            taken++;
            refusal = access.post(ANN, room);
        }
        assertTrue(taken >= limits.postsBurst(), "taken: " + taken);
        Refusal told = refusal.orElseThrow();
        assertEquals(ErrorCode.RATE_LIMITED, told.code());
        long wait = told.retryAfter().orElseThrow();
        assertTrue(wait >= 1 && wait <= 1 + 1_000 / limits.postsPerSecond(), "wait: " + wait);
        assertEquals(Optional.empty(), access.post(BOB, room), "others are not told to wait");
        assertEquals(Optional.empty(), access.read(ANN, RoomKind.PUBLIC), "reading costs nothing");
    }

    @Test
    void openingRoomsCountsAsPosting() {
        int opened = 0;
        while (access.open(ANN).isEmpty() && opened < 100 * limits.postsBurst()) {
            opened++;
        }
        assertTrue(opened >= limits.postsBurst());
        assertEquals(ErrorCode.RATE_LIMITED, access.open(ANN).map(Refusal::code).orElse(ErrorCode.INTERNAL));
    }

    @Test
    @Covers("err-codes")
    void everyCodeIsWrittenAsTheProtocolSays() throws IOException {
        String protocol = Files.readString(Path.of("docs/protocol.md"));
        int begin = protocol.indexOf("**Errors**");
        String errors = protocol.substring(begin, protocol.indexOf("\n\n", begin));
        for (ErrorCode code : ErrorCode.values()) {
            assertTrue(errors.contains("`" + code.wire() + "`"), code.wire());
        }
        assertEquals("no_such_room", Refusal.noSuchRoom().code().wire());
        assertEquals("unavailable", Refusal.unavailable().code().wire());
    }

    @Test
    @Covers("error-form")
    void inputThatCannotBeTakenNamesItsField() {
        Refusal bad = Refusal.of(new InvalidInput("text", "no"));
        assertEquals(ErrorCode.BAD_REQUEST, bad.code());
        assertEquals(Optional.of("text"), bad.field());
        assertEquals(
                ErrorCode.TOO_LONG, Refusal.of(InvalidInput.tooLong("text", 5)).code());
    }

    private static Room lobby() {
        InMemoryRoomLog log = new InMemoryRoomLog();
        new Logbook(log).open("lobby");
        Rooms rooms = new Rooms(log, Runnable::run, new TailBudget(1));
        return rooms.acquire(RoomName.LOBBY).toCompletableFuture().join().orElseThrow();
    }
}
