package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.delivery.FakeTransport.Ending;
import io.parley.identity.UserId;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Joining, posting and leaving, and in which order a client hears of it. */
class DeliveryTest {
    private final Parlour parlour = new Parlour();

    @AfterEach
    void close() {
        parlour.close();
    }

    @Test
    @Covers("cmd-order")
    void aNameChosenRightAfterTheFirstPostIsTheNameThatIsKept() {
        Guest ann = parlour.guest("Ann");
        Guest bob = parlour.guest(Ending.AT_ONCE);
        JsonObject welcome = bob.ask("{'do':'hello','name':'Bob'}").getJsonObject("ok");
        ann.join("lobby");
        bob.join("lobby");
        Gate store = new Gate();
        parlour.log.beforeCommit(store::pass);
        ann.post("lobby", "keeps the store busy");
        store.awaitSomebody();
        // Taken by turns, the name comes before the second of the two that wait in the room.
        ann.post("lobby", "goes first");
        bob.post("lobby", "the first of Bob");
        int named = bob.sendWithId("{'do':'name','name':'Robert'}");
        Await.until(
                "all of them wait",
                () -> parlour.meters.get("parley.commit.queue").gauge().value() == 3);
        store.open();
        assertTrue(bob.reply(named).containsKey("ok"));
        bob.awaitSeq("lobby", 3);
        UserId id = new UserId(welcome.getJsonObject("you").getString("id"));
        Await.until(
                "Robert is stored",
                () -> parlour.log
                        .users(parlour.committer::submit)
                        .byId(id)
                        .map(user -> user.name().value())
                        .equals(Optional.of("Robert")));
    }

    @Test
    void whatIsPostedComesToAllWhoJoinedAndToNobodyElse() {
        Guest ann = parlour.guest("Ann");
        Guest bob = parlour.guest("Bob");
        Guest cat = parlour.guest("Cat");
        ann.join("lobby");
        bob.join("lobby");
        JsonObject posted = ann.ask("{'do':'post','room':'lobby','text':'hello','key':'k1'}")
                .getJsonObject("ok");
        assertEquals(1, posted.getInt("seq"));
        assertFalse(posted.getBoolean("duplicate"));
        for (Guest reader : List.of(ann, bob)) {
            JsonObject message = reader.await("the message", line -> Guest.isEntry(line, "lobby"));
            assertEquals("hello", message.getString("text"));
            assertEquals("k1", message.getString("key"));
            assertEquals("Ann", message.getJsonObject("from").getString("name"));
            assertEquals(posted.getString("at"), message.getString("at"));
        }
        // A later answer on the same connection: whatever was to come before it has come.
        cat.ask("{'do':'ping'}");
        assertEquals(List.of(), cat.seqs("lobby"));
    }

    @Test
    @Covers("join-border")
    void theJoinReplyPrecedesTheEventsOfThatJoin() {
        Guest ann = parlour.guest("Ann");
        ann.join("lobby");
        for (int i = 0; i < 5; i++) {
            ann.post("lobby", "before");
        }
        ann.awaitSeq("lobby", 5);
        String epoch = ann.join("lobby").getString("epoch");
        Guest bob = parlour.guest("Bob");
        int id = bob.sendWithId("{'do':'join','room':'lobby','after':2,'epoch':'" + epoch + "'}");
        bob.awaitSeq("lobby", 5);
        JsonObject reply = bob.reply(id);
        assertTrue(reply.getJsonObject("ok").getBoolean("complete"));
        assertFalse(reply.getJsonObject("ok").containsKey("messages"));
        assertEquals(List.of(3L, 4L, 5L), bob.seqs("lobby"));
        JsonObject first = bob.await("the first event", line -> Guest.isEntry(line, "lobby"));
        assertTrue(bob.placeOf(reply) < bob.placeOf(first), "the reply comes first");
    }

    @Test
    void aJoinWithTheNewestPageGoesOnBehindIt() {
        Guest ann = parlour.guest("Ann");
        ann.join("lobby");
        LongStream.rangeClosed(1, 7).forEach(i -> ann.post("lobby", "text " + i));
        ann.awaitSeq("lobby", 7);
        Guest bob = parlour.guest("Bob");
        JsonObject joined = bob.ask("{'do':'join','room':'lobby','last':3}").getJsonObject("ok");
        assertEquals(7, joined.getInt("head"));
        assertEquals(1, joined.getInt("first"));
        assertFalse(joined.getBoolean("complete"));
        assertEquals(
                List.of("text 5", "text 6", "text 7"),
                joined.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                        .map(message -> message.getString("text"))
                        .toList());
        ann.post("lobby", "text 8");
        bob.awaitSeq("lobby", 8);
        assertEquals(List.of(8L), bob.seqs("lobby"));
    }

    @Test
    @Covers("join-refused")
    void aPositionThatCannotBeResumedGetsTheNewestPage() {
        Guest ann = parlour.guest("Ann");
        String epoch = ann.join("lobby").getString("epoch");
        ann.post("lobby", "only");
        ann.awaitSeq("lobby", 1);
        for (String position : List.of("'after':1,'epoch':'another'", "'after':2,'epoch':'" + epoch + "'")) {
            JsonObject joined =
                    ann.ask("{'do':'join','room':'lobby'," + position + "}").getJsonObject("ok");
            assertFalse(joined.getBoolean("complete"), position);
            assertEquals(1, joined.getJsonArray("messages").size(), position);
            assertEquals(1, joined.getInt("head"), position);
        }
    }

    @Test
    @Covers("join-border")
    void leavingIsTheBorder() {
        Guest ann = parlour.guest("Ann");
        Guest bob = parlour.guest("Bob");
        ann.join("lobby");
        bob.join("lobby");
        ann.post("lobby", "one");
        bob.awaitSeq("lobby", 1);
        JsonObject left = bob.ask("{'do':'leave','room':'lobby'}");
        assertEquals("lobby", left.getJsonObject("ok").getString("room"));
        ann.post("lobby", "two");
        ann.awaitSeq("lobby", 2);
        bob.ask("{'do':'ping'}");
        assertEquals(List.of(1L), bob.seqs("lobby"));
        assertEquals(
                "not_joined",
                bob.ask("{'do':'leave','room':'lobby'}").getJsonObject("error").getString("code"));
    }

    @Test
    @Covers("join-again")
    void joiningAJoinedRoomMovesTheCursor() {
        Guest ann = parlour.guest("Ann");
        String epoch = ann.join("lobby").getString("epoch");
        LongStream.rangeClosed(1, 4).forEach(i -> ann.post("lobby", "text " + i));
        ann.awaitSeq("lobby", 4);
        JsonObject again = ann.ask("{'do':'join','room':'lobby','after':1,'epoch':'" + epoch + "'}");
        ann.post("lobby", "text 5");
        ann.awaitSeq("lobby", 5);
        assertEquals(List.of(1L, 2L, 3L, 4L, 2L, 3L, 4L, 5L), ann.seqs("lobby"));
        List<JsonObject> lines = ann.lines();
        int border = ann.placeOf(again);
        assertEquals(
                List.of(1L, 2L, 3L, 4L),
                lines.subList(0, border).stream()
                        .filter(line -> Guest.isEntry(line, "lobby"))
                        .map(Guest::seqOf)
                        .toList());
    }

    @Test
    @Covers("cmd-order")
    void commandsTakeEffectInTheOrderSent() {
        Guest ann = parlour.guest(Ending.AT_ONCE);
        ann.send(
                "{'do':'hello','name':'Ann','id':1}",
                "{'do':'open','room':'den','id':2}",
                "{'do':'join','room':'den','id':3}",
                "{'do':'post','room':'den','text':'one','id':4}",
                "{'do':'leave','room':'den','id':5}",
                "{'do':'post','room':'den','text':'two','id':6}",
                "{'do':'join','room':'den','id':7}",
                "{'do':'name','name':'Anna','id':8}",
                "{'do':'post','room':'den','text':'three','id':9}");
        assertEquals(1, ann.reply(4).getJsonObject("ok").getInt("seq"));
        assertEquals(2, ann.reply(6).getJsonObject("ok").getInt("seq"));
        assertEquals(3, ann.reply(9).getJsonObject("ok").getInt("seq"));
        ann.awaitSeq("den", 3);
        assertEquals(2, ann.reply(7).getJsonObject("ok").getInt("head"));
        JsonObject third = ann.await("three", line -> line.getString("text", "").equals("three"));
        assertEquals("Anna", third.getJsonObject("from").getString("name"));
    }

    @Test
    @Covers("hello-first")
    void aCommandBeforeHelloIsTakenAsIfAnEmptyOneHadComeFirst() {
        Guest ann = parlour.guest(Ending.AT_ONCE);
        assertEquals("lobby", ann.join("lobby").getString("room"));
        assertEquals(
                "bad_request", ann.ask("{'do':'hello'}").getJsonObject("error").getString("code"));
    }

    @Test
    @Covers("room-make")
    void aRoomThatIsNotThereIsNotMadeByJoining() {
        Guest ann = parlour.guest("Ann");
        for (String command : List.of("join", "who", "post', 'text':'x")) {
            assertEquals(
                    "no_such_room",
                    ann.ask("{'do':'" + command + "','room':'den'}")
                            .getJsonObject("error")
                            .getString("code"),
                    command);
        }
        ann.ask("{'do':'open','room':'den'}");
        assertEquals(0, ann.join("den").getInt("head"));
    }

    @Test
    void aPostWithoutJoiningIsStored() {
        Guest ann = parlour.guest("Ann");
        Guest bob = parlour.guest("Bob");
        bob.join("lobby");
        assertEquals(
                1,
                ann.ask("{'do':'post','room':'lobby','text':'hi'}")
                        .getJsonObject("ok")
                        .getInt("seq"));
        bob.awaitSeq("lobby", 1);
        assertEquals(List.of(), ann.seqs("lobby"));
    }

    @Test
    @Covers("sc-frames")
    void framesAreBinaryForWhoAskedForThem() {
        Guest ann = parlour.guest(Ending.AT_ONCE);
        ann.ask("{'do':'hello','frames':'binary'}");
        ann.join("lobby");
        ann.post("lobby", "hello");
        ann.awaitSeq("lobby", 1);
        assertTrue(ann.transport().frames().stream().allMatch(Frame::isBinary));
    }

    @Test
    void peopleTalkInOneRoomAndMoveToAnother() {
        Chatter ann = parlour.chatter(Optional.empty(), "Ann");
        Chatter bob = parlour.chatter(Optional.of("den"), "Bob");
        ann.await("* you are in lobby, here: 1");
        bob.await("* you are in den, here: 1");
        ann.say("is anybody here?");
        ann.await("Ann: is anybody here?");
        ann.say("/join den");
        ann.await("* you are in den, here: 2");
        ann.say("hello\nBob");
        bob.await("Ann: hello\n  Bob");
        bob.say("/me waves");
        ann.await("* Bob waves");
        assertEquals(
                List.of(),
                bob.lines().stream().filter(line -> line.contains("anybody")).toList());
        ann.say("/quit");
        Await.until("Ann is let go", () -> ann.transport().closeReason() != null);
        assertEquals(CloseReason.NORMAL, ann.transport().closeReason());
    }
}
