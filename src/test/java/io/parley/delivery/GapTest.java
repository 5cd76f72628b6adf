package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.delivery.FakeTransport.Ending;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a client that would rather skip than be late. */
class GapTest {

    @Test
    @Covers("ev-gap")
    void whoIsFurtherBehindThanTheyWantGetsAGapAndGoesOnFromTheHead() {
        try (Parlour parlour = new Parlour()) {
            Guest bob = parlour.guest("Bob");
            String epoch = bob.join("lobby").getString("epoch");
            post(bob, 10);
            Guest ann = lagging(parlour, 3);
            ann.ask("{'do':'join','room':'lobby','after':6,'epoch':'" + epoch + "'}");
            JsonObject gap = ann.await("a gap", line -> isGap(line, 6));
            assertEquals(10, gap.getInt("head"));
            assertEquals("lobby", gap.getString("room"));
            post(bob, 1);
            ann.awaitSeq("lobby", 11);
            assertEquals(List.of(11L), ann.seqs("lobby"));
            // What lies between is read like any other history.
            assertEquals(
                    4,
                    ann.ask("{'do':'history','room':'lobby','after':6,'limit':4}")
                            .getJsonObject("ok")
                            .getJsonArray("entries")
                            .size());
        }
    }

    @Test
    void whoIsAsFarBehindAsTheyMayBeGetsEverything() {
        try (Parlour parlour = new Parlour()) {
            Guest bob = parlour.guest("Bob");
            String epoch = bob.join("lobby").getString("epoch");
            post(bob, 10);
            Guest ann = lagging(parlour, 4);
            JsonObject reply = ann.ask("{'do':'join','room':'lobby','after':6,'epoch':'" + epoch + "'}");
            assertTrue(reply.getJsonObject("ok").getBoolean("complete"));
            Await.until("all of it", () -> ann.seqs("lobby").size() == 4);
            assertEquals(List.of(), ann.events("gap"));
        }
    }

    @Test
    void aSlowClientIsSentOneGapForAllThatItMissed() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = lagging(parlour, 5);
            ann.join("lobby");
            Guest bob = parlour.guest("Bob");
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            ann.send("{'do':'ping','id':77}");
            Await.until("a write is under way", ann.transport()::isWriting);
            post(bob, 20);
            ann.transport().writesEnd(Ending.AT_ONCE);
            assertEquals(20, ann.await("a gap", line -> isGap(line, 0)).getInt("head"));
            post(bob, 1);
            ann.awaitSeq("lobby", 21);
            assertEquals(List.of(21L), ann.seqs("lobby"));
            assertEquals(1, ann.events("gap").size());
        }
    }

    @Test
    void whoDidNotAskForItIsNeverSkipped() {
        try (Parlour parlour = new Parlour()) {
            Guest bob = parlour.guest("Bob");
            String epoch = bob.join("lobby").getString("epoch");
            post(bob, 300);
            bob.awaitSeq("lobby", 300);
            bob.ask("{'do':'join','room':'lobby','after':0,'epoch':'" + epoch + "'}");
            Await.until("all of it again", () -> bob.seqs("lobby").size() == 600);
            assertEquals(List.of(), bob.events("gap"));
        }
    }

    private static Guest lagging(Parlour parlour, int lag) {
        Guest guest = parlour.guest(Ending.AT_ONCE);
        guest.ask("{'do':'hello','lag':" + lag + "}");
        return guest;
    }

    private static void post(Guest guest, int count) {
        for (int i = 1; i <= count; i++) {
            guest.ask("{'do':'post','room':'lobby','text':'text " + i + "'}");
        }
    }

    private static boolean isGap(JsonObject line, int after) {
        return line.getString("type", "").equals("gap") && line.getInt("after") == after;
    }
}
