package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.Limits;
import io.parley.conformance.Covers;
import io.parley.delivery.FakeTransport.Ending;
import io.parley.room.RoomName;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of clients that ask too much, say nothing, or meet a bug. */
class ConnectionTest {

    @Test
    @Covers("cmd-pending")
    void moreCommandsThanMayWaitAreRefused() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("pending", 4))) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            ann.post("lobby", "keeps the transport busy");
            Await.until("a write is under way", ann.transport()::isWriting);
            for (int i = 0; i < 5; i++) {
                ann.sendWithId("{'do':'ping'}");
            }
            ann.transport().writesEnd(Ending.AT_ONCE);
            JsonObject refused = ann.await("a refusal", line -> line.containsKey("error"));
            assertEquals("too_many", refused.getJsonObject("error").getString("code"));
            // There is room again, and nothing was lost.
            assertTrue(ann.ask("{'do':'ping'}").containsKey("ok"));
            assertEquals(
                    6,
                    ann.lines().stream()
                            .filter(line -> line.containsKey("re"))
                            .filter(line -> line.getInt("re") > 2)
                            .count());
        }
    }

    @Test
    @Covers("close-4002")
    void whoGoesOnAllTheSameIsFlooding() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("pending", 4))) {
            Guest ann = parlour.guest("Ann");
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            for (int i = 0; i < 40; i++) {
                ann.sendWithId("{'do':'ping'}");
            }
            ann.transport().writesEnd(Ending.AT_ONCE);
            Await.until("closed", () -> ann.transport().closeReason() != null);
            assertEquals(CloseReason.FLOODING, ann.transport().closeReason());
            assertIsBye(lastOf(ann), 4002, true);
            parlour.awaitEmpty();
        }
    }

    @Test
    void whoAsksForMorePagesThanTheyReadWaitsAndIsToldAllOfThem() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("pending", 6))) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            ann.post("lobby", "keeps the transport busy");
            Await.until("a write is under way", ann.transport()::isWriting);
            int first = 0;
            for (int i = 0; i < 10; i++) {
                int id = ann.sendWithId("{'do':'history','room':'lobby','before':2,'limit':1}");
                first = first == 0 ? id : first;
            }
            ann.transport().writesEnd(Ending.AT_ONCE);
            for (int i = 0; i < 10; i++) {
                // More than may wait for their answers, had they been taken.
                assertTrue(ann.reply(first + i).containsKey("ok"), ann.reply(first + i)::toString);
            }
        }
    }

    @Test
    void whoGoesWhileTheyWaitForRoomIsGone() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            for (int i = 0; i < 10; i++) {
                ann.sendWithId("{'do':'who','room':'lobby'}");
            }
            Await.until("a write is under way", ann.transport()::isWriting);
            ann.transport().hangUp();
            parlour.awaitEmpty();
        }
    }

    @Test
    void aWantOfMemoryInServingOneIsNotTheEndOfTheOthers() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates(), 1)) {
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            ann.transport().atFrame(ann.transport().frames().size(), () -> {
                throw new OutOfMemoryError("for this test");
            });
            ann.send("{'do':'ping','id':99}");
            Await.until("Ann is closed", () -> ann.transport().closeReason() != null);
            assertTrue(bob.ask("{'do':'ping'}").containsKey("ok"));
        }
    }

    @Test
    void whoSendsMoreThanIsTakenIsFlooding() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("pending", 4))) {
            Gate store = new Gate();
            Guest ann = parlour.guest("Ann");
            parlour.log.beforeCommit(store::pass);
            ann.send("{'do':'open','room':'den'}");
            for (int i = 0; i < 20; i++) {
                ann.send("{'do':'ping'}");
            }
            Await.until("closed", () -> ann.transport().closeReason() != null);
            assertEquals(CloseReason.FLOODING, ann.transport().closeReason());
            store.open();
            parlour.awaitEmpty();
        }
    }

    @Test
    void nothingIsTakenAfterGoodbye() {
        try (Parlour parlour = new Parlour()) {
            Guest reader = parlour.guest("Reader");
            reader.join("lobby");
            Chatter ann = parlour.chatter(Optional.empty(), "Ann");
            ann.await("* you are in lobby, here: 2");
            Gate store = new Gate();
            parlour.log.beforeCommit(store::pass);
            ann.say("/join den");
            ann.say("/quit");
            ann.say("too late");
            store.open();
            Await.until("closed", () -> ann.transport().closeReason() != null);
            assertEquals(CloseReason.NORMAL, ann.transport().closeReason());
            Await.until("Ann is gone", () -> parlour.delivery.connections() == 1);
            reader.ask("{'do':'post','room':'lobby','text':'the next'}");
            reader.awaitSeq("lobby", 1);
            assertEquals(
                    "the next",
                    reader.await("it", line -> Guest.isEntry(line, "lobby")).getString("text"));
        }
    }

    @Test
    @Covers("ev-bye")
    void byeIsTheLastLine() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            ann.sendWithId("{'do':'ping'}");
            Await.until("a write is under way", ann.transport()::isWriting);
            Gate store = new Gate();
            parlour.log.beforeCommit(store::pass);
            int late = ann.sendWithId("{'do':'post','room':'lobby','text':'late'}");
            ann.connection().close(CloseReason.GOING_AWAY);
            store.open();
            Await.until(
                    "the post is committed",
                    () -> parlour.log.find(RoomName.LOBBY).orElseThrow().head() == 1);
            ann.transport().writesEnd(Ending.AT_ONCE);
            Await.until("closed", () -> ann.transport().closeReason() != null);
            parlour.awaitEmpty();
            assertIsBye(lastOf(ann), 1001, true);
            assertTrue(ann.lines().stream().noneMatch(line -> line.getInt("re", 0) == late));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"decode", "encode", "stumble"})
    @Covers("close-1011")
    void aBugClosesTheConnectionThatMeetsItAndNoOther(String over) {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates(), 1)) {
            Guest bob = parlour.guest("Bob");
            bob.join("lobby");
            Guest ann = parlour.stumbling(over);
            ann.send("{'do':'join','room':'lobby','id':1}");
            if (over.equals("stumble")) {
                ann.reply(1);
            }
            bob.post("lobby", "stumble");
            Await.until("closed", () -> ann.transport().closeReason() != null);
            assertEquals(CloseReason.INTERNAL, ann.transport().closeReason());
            bob.awaitSeq("lobby", 1);
            bob.post("lobby", "stumble");
            bob.awaitSeq("lobby", 2);
            bob.transport().hangUp();
            parlour.awaitEmpty();
        }
    }

    @Test
    @Covers({"close-3008", "hello-silent"})
    void whoSaysNothingAfterTheHandshakeIsClosed() {
        try (Parlour parlour = new Parlour(SomeLimits.with("helloSeconds", 1))) {
            Guest mute = parlour.guest(Ending.AT_ONCE);
            Guest ann = parlour.guest("Ann");
            Await.until("closed", () -> mute.transport().closeReason() != null);
            assertEquals(CloseReason.SILENT, mute.transport().closeReason());
            assertIsBye(lastOf(mute), 3008, true);
            assertNull(ann.transport().closeReason());
        }
    }

    @Test
    @Covers({"close-1013", "hello-unknown"})
    void whoCannotBeKnownJustNowIsToldToComeAgain() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest(Ending.AT_ONCE);
            parlour.readers.shutdown();
            ann.send("{'do':'hello','id':1}", "{'do':'post','id':2,'room':'lobby','text':'as whom?'}");
            Await.until("closed", () -> ann.transport().closeReason() != null);
            assertEquals(CloseReason.NOT_NOW, ann.transport().closeReason());
            assertEquals("unavailable", ann.reply(1).getJsonObject("error").getString("code"));
            assertIsBye(lastOf(ann), 1013, true);
            assertEquals(0, parlour.log.find(RoomName.LOBBY).orElseThrow().head());
        }
    }

    @Test
    @Covers({"close-3008", "ping-server"})
    void whoIsSilentIsPingedAndThenClosed() {
        try (Parlour parlour = new Parlour(SomeLimits.with("pingSeconds", 1))) {
            Guest silent = parlour.guest("Ann");
            Guest alive = parlour.guest("Bob");
            Await.until("Ann is closed", () -> {
                if (alive.transport().pings() > 0) {
                    alive.connection().alive();
                }
                return silent.transport().closeReason() != null;
            });
            assertEquals(CloseReason.SILENT, silent.transport().closeReason());
            assertEquals(1, silent.transport().pings());
            assertNull(alive.transport().closeReason());
        }
    }

    @Test
    void aPingThatIsDueDuringAWriteFollowsIt() {
        Limits limits = SomeLimits.with("pingSeconds", 1);
        try (Parlour parlour = new Parlour(limits, 1)) {
            Guest busy = parlour.guest("Ann");
            busy.transport().writesEnd(Ending.WHEN_TOLD);
            busy.send("{'do':'ping','id':99}");
            Await.until("a write is under way", busy.transport()::isWriting);
            Guest idle = parlour.guest("Bob");
            Await.until("the ping is overdue", () -> idle.transport().closeReason() != null);
            // Nothing could be asked of Ann so far, and so nothing is held against her.
            assertNull(busy.transport().closeReason());
            assertEquals(0, busy.transport().pings());
            busy.transport().writesEnd(Ending.AT_ONCE);
            Await.until("pinged", () -> busy.transport().pings() == 1);
            busy.connection().alive();
            assertTrue(busy.ask("{'do':'ping'}").containsKey("ok"));
        }
    }

    @Test
    void aPingThatCannotBeginIsTriedAgainAndNotHeldAgainstAnybody() {
        try (Parlour parlour = new Parlour(SomeLimits.with("pingSeconds", 1), 1)) {
            Guest ann = parlour.guest("Ann");
            ann.transport().refusePings(true);
            Guest idle = parlour.guest("Bob");
            Await.until("the ping is overdue", () -> idle.transport().closeReason() != null);
            assertNull(ann.transport().closeReason());
            ann.transport().refusePings(false);
            Await.until("pinged", () -> ann.transport().pings() == 1);
        }
    }

    @Test
    void anAnswerMayOvertakeTheWordThatThePingIsOut() {
        try (Parlour parlour = new Parlour(SomeLimits.with("pingSeconds", 1), 1)) {
            Guest ann = parlour.guest("Ann");
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            Await.until("pinged", () -> ann.transport().pings() == 1);
            ann.connection().alive();
            ann.transport().writesEnd(Ending.AT_ONCE);
            Await.until("pinged again", () -> ann.transport().pings() == 2);
            assertNull(ann.transport().closeReason());
        }
    }

    @Test
    void aPingThatTheNetworkHoldsUpIsAWriteAndNoSilence() {
        try (Parlour parlour = new Parlour(SomeLimits.with("pingSeconds", 1), 1)) {
            Guest ann = parlour.guest("Ann");
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            Await.until("pinged", () -> ann.transport().pings() == 1);
            ann.sendWithId("{'do':'ping'}");
            Guest idle = parlour.guest("Bob");
            Await.until("the ping is overdue", () -> idle.transport().closeReason() != null);
            assertNull(ann.transport().closeReason());
            int before = ann.transport().frames().size();
            ann.transport().finish(true);
            Await.until("the answer follows", () -> ann.transport().frames().size() > before);
            assertEquals(1, ann.transport().pings());
            ann.transport().writesEnd(Ending.AT_ONCE);
        }
    }

    @Test
    void aPingThatFailsHarmsNobodyElse() {
        try (Parlour parlour = new Parlour(SomeLimits.with("pingSeconds", 1), 1)) {
            Guest ann = parlour.guest("Ann");
            ann.transport().writesEnd(Ending.IN_AN_EXCEPTION);
            Guest bob = parlour.guest("Bob");
            Await.until("Bob is pinged", () -> bob.transport().pings() > 0);
            Await.until("Ann is closed", () -> ann.transport().closeReason() != null);
        }
    }

    @Test
    @Covers("chat-binary")
    void aBinaryMessageEndsTheTalkOfPeople() {
        try (Parlour parlour = new Parlour()) {
            Chatter ann = parlour.chatter(Optional.empty(), "Ann");
            ann.await("* you are in lobby, here: 1");
            ann.send(new Inbound.Binary(ByteBuffer.allocate(3)));
            Await.until("closed", () -> ann.transport().closeReason() != null);
            assertEquals(CloseReason.UNSUPPORTED_DATA, ann.transport().closeReason());
            parlour.awaitEmpty();
        }
    }

    private static JsonObject lastOf(Guest guest) {
        List<JsonObject> lines = guest.lines();
        return lines.get(lines.size() - 1);
    }

    private static void assertIsBye(JsonObject line, int code, boolean reconnect) {
        assertEquals("bye", line.getString("type"), line.toString());
        assertEquals(code, line.getInt("code"));
        assertEquals(reconnect, line.getBoolean("reconnect"));
    }
}
