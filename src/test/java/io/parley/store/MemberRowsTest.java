package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.identity.UserId;
import io.parley.room.RoomId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How mentions are counted. */
class MemberRowsTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final RoomId LOBBY = new RoomId(1);
    private static final RoomId DEN = new RoomId(2);

    @Test
    void mentionsAreCountedForTheirUserAndRoomAfterThePositionAlone(@TempDir Path data) throws Exception {
        SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1).close();
        try (SqliteConnection connection = new Database(data.resolve("parley.db")).writer()) {
            connection.beginWriting();
            MemberRows.addMentions(connection, LOBBY, 1, List.of(ANN));
            MemberRows.addMentions(connection, LOBBY, 3, List.of(ANN, BEN, ANN));
            MemberRows.addMentions(connection, LOBBY, 4, List.of(ANN));
            MemberRows.addMentions(connection, DEN, 9, List.of(ANN));
            connection.commit();
            assertEquals(Map.of(LOBBY, 2L, DEN, 1L), MemberRows.mentions(connection, ANN, Map.of(LOBBY, 1L, DEN, 0L)));
            assertEquals(Map.of(LOBBY, 1L, DEN, 0L), MemberRows.mentions(connection, BEN, Map.of(LOBBY, 0L, DEN, 0L)));
        }
    }
}
