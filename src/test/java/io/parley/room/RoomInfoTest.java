package io.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.conformance.Covers;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which positions of a room can be resumed. */
class RoomInfoTest {
    private static final Epoch EPOCH = new Epoch("e");

    /** A room whose first hundred entries are kept no more. */
    private static final RoomInfo ROOM =
            new RoomInfo(new RoomId(1), RoomName.LOBBY, RoomKind.PUBLIC, "", EPOCH, 101, 200, 200, Instant.EPOCH);

    @ParameterizedTest
    @Covers({"log-first", "log-unresumable"})
    @CsvSource({
        "e, 0, false",
        "e, 99, false",
        "e, 100, true",
        "e, 101, true",
        "e, 200, true",
        "e, 201, false",
        "f, 150, false"
    })
    void aPositionCanBeResumedWhenEveryEntryAfterItIsKept(String epoch, long seq, boolean can) {
        assertEquals(can, ROOM.canResume(new Position(new Epoch(epoch), seq)));
    }
}
