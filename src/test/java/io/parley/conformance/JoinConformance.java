package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions: to join, to come back and to move is to read after one (docs/protocol.md §1, §4). */
public interface JoinConformance extends Conformance {

    @Test
    @Covers("do-join")
    default void aNewRoomIsEmpty() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        JsonObject ok = client.join(room);
        assertEquals(room, ok.getString("room"));
        assertFalse(ok.getString("epoch").isEmpty());
        assertEquals(0, Json.number(ok, "head"));
        assertEquals("", ok.getString("topic"));
        assertFalse(ok.getBoolean("complete"));
        assertEquals(0, ok.getJsonArray("messages").size());
        assertEquals(Json.object(), ok.getJsonObject("mine"));
        client.post(room, "first");
        assertEquals(1, Json.number(client.join(room), "first"));
    }

    @Test
    @Covers({"do-join", "join-last"})
    default void joiningGivesTheNewestFiftyOrAsManyAsWanted() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.postMany(room, 230);
        assertPage(client.join(room), 181, 230);
        assertPage(client.ok("join", "room", room, "last", 1), 230, 230);
        assertPage(client.ok("join", "room", room, "last", 200), 31, 230);
        JsonObject none = client.ok("join", "room", room, "last", 0);
        assertEquals(0, none.getJsonArray("messages").size());
        assertEquals(230, Json.number(none, "head"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"201", "-1", "1.5", "\"10\""})
    @Covers("do-join")
    default void aPageOutOfBoundsIsRefused(String last) {
        SuperchatClient client = server().guest();
        client.lines("{\"do\":\"join\",\"id\":90,\"room\":\"lobby\",\"last\":" + last + "}");
        JsonObject error = client.error(90);
        assertEquals("bad_request last", error.getString("code") + " " + error.getString("field"));
    }

    @Test
    default void aMessageInAPageIsTheEventItself() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.join(room);
        client.ok("post", "room", room, "text", "waves \uD83D\uDE00", "style", "action", "key", Fresh.key());
        SuperchatClient.Line event = client.messages(room, 1).get(0);
        assertEquals(event.json(), Json.objects(client.join(room), "messages").get(0));
    }

    @Test
    @Covers({"bytes-same", "join-after"})
    default void whoJoinsAfterAPositionGetsExactlyWhatIsMissing() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        JsonObject joined = author.join(room);
        author.postMany(room, 120);
        List<String> live = raw(author.messages(room, 120));
        SuperchatClient late = server().guest();
        JsonObject ok = late.ok("join", "room", room, "after", 40, "epoch", joined.getString("epoch"));
        assertTrue(ok.getBoolean("complete"));
        assertFalse(ok.containsKey("messages"));
        assertFalse(ok.containsKey("mine"));
        assertEquals(120, Json.number(ok, "head"));
        author.post(room, "live");
        List<String> missed = raw(late.messages(room, 81));
        assertEquals(live.subList(40, 120), missed.subList(0, 80));
        assertEquals(raw(author.messages(room, 1)), missed.subList(80, 81));
    }

    @Test
    @Covers("join-after")
    default void whoIsUpToDateGetsOnlyWhatIsNew() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        long head = client.postMany(room, 10);
        String epoch = client.join(room).getString("epoch");
        SuperchatClient back = server().guest();
        assertTrue(back.ok("join", "room", room, "after", head, "epoch", epoch).getBoolean("complete"));
        client.post(room, "new");
        assertEquals(11, back.messages(room, 1).get(0).seq());
    }

    @Test
    @Covers("join-after")
    default void beforeTheFirstEntryIsAPositionToo() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String epoch = client.join(room).getString("epoch");
        assertTrue(client.ok("join", "room", room, "after", 0, "epoch", epoch).getBoolean("complete"));
        client.postMany(room, 3);
        assertSeqs(client.messages(room, 3), 1, 2, 3);
        assertTrue(client.ok("join", "room", room, "after", 0, "epoch", epoch).getBoolean("complete"));
        assertSeqs(client.messages(room, 3), 1, 2, 3);
    }

    @Test
    @Covers({"join-refused", "log-unresumable"})
    default void aPositionOfAnotherEpochCannotBeResumed() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.postMany(room, 70);
        JsonObject ok = client.ok("join", "room", room, "after", 10, "epoch", "another");
        assertPage(ok, 21, 70);
        client.post(room, "live");
        assertSeqs(client.messages(room, 1), 71);
    }

    @Test
    @Covers({"join-refused", "log-unresumable"})
    default void aPositionPastTheHeadCannotBeResumed() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.postMany(room, 3);
        String epoch = client.join(room).getString("epoch");
        JsonObject ok = client.ok("join", "room", room, "after", 4, "epoch", epoch);
        assertPage(ok, 1, 3);
        client.post(room, "live");
        assertSeqs(client.messages(room, 1), 4);
    }

    @Test
    @Covers("do-join")
    default void aPositionHasAnEpoch() {
        SuperchatClient client = server().guest();
        assertEquals("bad_request epoch", client.refusal("join", "room", "lobby", "after", 0));
        assertEquals("bad_request epoch", client.refusal("join", "room", "lobby", "after", 0, "epoch", 1));
        assertEquals("bad_request after", client.refusal("join", "room", "lobby", "after", "0", "epoch", "e"));
        assertEquals("bad_request after", client.refusal("join", "room", "lobby", "after", -1, "epoch", "e"));
    }

    @Test
    @Covers("room-make")
    default void joiningMakesNoRoom() {
        SuperchatClient client = server().guest();
        String room = Fresh.room();
        assertEquals("no_such_room", client.refusal("join", "room", room));
        assertEquals("no_such_room", client.refusal("join", "room", room, "after", 0, "epoch", "e"));
        assertEquals("no_such_room", client.refusal("who", "room", room));
    }

    @Test
    @Covers("join-border")
    default void theJoinReplyIsTheBorderWhileOthersPost() {
        SuperchatClient author = server().guest();
        SuperchatClient reader = server().guest();
        String room = author.opened();
        String epoch = author.join(room).getString("epoch");
        int rounds = 40;
        for (int round = 0; round < rounds; round++) {
            String[] posts = new String[20];
            for (int i = 0; i < posts.length; i++) {
                posts[i] = SuperchatClient.line(10_000 + 20L * round + i, "post", "room", room, "text", "x");
            }
            author.lines(posts);
            long after = Math.max(0, 20L * round - 7);
            long id = round % 2 == 0
                    ? reader.send("join", "room", room, "last", 5)
                    : reader.send("join", "room", room, "after", after, "epoch", epoch);
            JsonObject ok = reader.ok(id);
            long from = round % 2 == 0 ? Json.number(ok, "head") : after;
            for (int i = 0; i < posts.length; i++) {
                author.ok(10_000 + 20L * round + i);
            }
            reader.fence();
            assertEquals(
                    LongStream.rangeClosed(from + 1, 20L * (round + 1)).boxed().toList(),
                    seqsAfterReply(reader, id, room),
                    "round " + round);
        }
    }

    @Test
    @Covers("join-again")
    default void joiningAJoinedRoomMovesTheCursor() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String epoch = client.join(room).getString("epoch");
        client.postMany(room, 5);
        assertSeqs(client.messages(room, 5), 1, 2, 3, 4, 5);
        client.ok("join", "room", room, "after", 2, "epoch", epoch);
        assertSeqs(client.messages(room, 3), 3, 4, 5);
        client.ok("join", "room", room, "last", 0);
        client.post(room, "six");
        assertSeqs(client.messages(room, 1), 6);
        JsonObject who = client.ok("who", "room", room);
        assertEquals(1, Json.number(who, "presentCount"), "joined twice, there once");
        client.ok("leave", "room", room);
        assertEquals("not_joined", client.refusal("leave", "room", room));
    }

    @Test
    @Covers({"do-leave", "join-border"})
    default void afterTheLeaveReplyNothingFollows() {
        SuperchatClient author = server().guest();
        SuperchatClient reader = server().guest();
        String room = author.opened();
        for (int round = 0; round < 20; round++) {
            reader.join(room);
            String[] posts = new String[20];
            for (int i = 0; i < posts.length; i++) {
                posts[i] = SuperchatClient.line(10_000 + 20L * round + i, "post", "room", room, "text", "x");
            }
            author.lines(posts);
            long leave = reader.send("leave", "room", room);
            assertEquals(room, reader.ok(leave).getString("room"));
            for (int i = 0; i < posts.length; i++) {
                author.ok(10_000 + 20L * round + i);
            }
            reader.fence();
            assertEquals(List.of(), seqsAfterReply(reader, leave, room));
        }
    }

    @Test
    default void aRoomThatWasNotJoinedCannotBeLeft() {
        SuperchatClient client = server().guest();
        assertEquals("not_joined", client.refusal("leave", "room", "lobby"));
        assertEquals("bad_request room", client.refusal("leave"));
    }

    @Test
    default void manyRoomsAreFollowedAtOnce() {
        SuperchatClient client = server().guest();
        SuperchatClient author = server().guest();
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String room = author.opened();
            client.ok("join", "room", room, "last", 0);
            rooms.add(room);
        }
        rooms.forEach(room -> author.postMany(room, 3));
        client.fence();
        for (String room : rooms) {
            assertSeqs(client.messages(room, 3), 1, 2, 3);
        }
    }

    private static void assertPage(JsonObject ok, long from, long to) {
        assertFalse(ok.getBoolean("complete"));
        assertEquals(to, Json.number(ok, "head"));
        assertEquals(1, Json.number(ok, "first"));
        List<Long> seqs = Json.objects(ok, "messages").stream()
                .map(message -> Json.number(message, "seq"))
                .toList();
        assertEquals(LongStream.rangeClosed(from, to).boxed().toList(), seqs);
    }

    private static void assertSeqs(List<SuperchatClient.Line> messages, long... seqs) {
        assertEquals(
                LongStream.of(seqs).boxed().toList(),
                messages.stream().map(SuperchatClient.Line::seq).toList());
    }

    private static List<String> raw(List<SuperchatClient.Line> lines) {
        return lines.stream().map(SuperchatClient.Line::raw).toList();
    }

    /** The seqs of a room's messages in what came after a reply. */
    private static List<Long> seqsAfterReply(SuperchatClient client, long id, String room) {
        List<Long> seqs = new ArrayList<>();
        boolean after = false;
        for (SuperchatClient.Line line : client.log()) {
            if (line.json().containsKey("re") && Json.number(line.json(), "re") == id) {
                after = true;
            } else if (after && line.type().equals("message") && line.isOf(room)) {
                seqs.add(line.seq());
            }
        }
        return seqs;
    }
}
