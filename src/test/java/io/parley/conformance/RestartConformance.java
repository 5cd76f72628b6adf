package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The server stops in order and comes back with all that it had acknowledged (docs/protocol.md §4). */
public interface RestartConformance extends Conformance {

    /** Stops the server; returns when it has stopped. */
    void stop() throws Exception;

    /** Starts the server again on the same data; {@link #server} is where it is now. */
    void start() throws Exception;

    @Test
    @Covers({"close-1001", "ev-bye"})
    default void whoIsThereIsToldWhenToComeBack() throws Exception {
        SuperchatClient program = server().guest();
        program.join("lobby");
        ChatClient person = server().talker(Fresh.name(), Fresh.room());
        stop();
        try {
            JsonObject bye = program.event("bye").json();
            assertEquals(1001, bye.getInt("code"));
            assertTrue(bye.getBoolean("reconnect"));
            assertTrue(!bye.getString("reason").isBlank());
            long retryAfter = Json.number(bye, "retryAfter");
            assertTrue(retryAfter >= 0 && retryAfter <= 60_000, "after " + retryAfter + " ms");
            assertEquals("bye", program.log().get(program.log().size() - 1).type());
            assertEquals(1001, program.closeCode());
            person.refusal();
            assertEquals(1001, person.wire().closeCode());
        } finally {
            start();
        }
    }

    @Test
    @Covers({"sse-bye", "poll-stop"})
    default void whoWaitsForEventsIsToldWhenToAskAgain() throws Exception {
        SuperchatClient client = server().guest();
        String room = client.opened();
        EventStream stream = server().stream("at", room);
        stream.next(EventStream.Block::isOnlyId);
        String at = server().events().poll("at", room).at();
        CompletableFuture<EventsClient.Polled> waiting = server().events().polling("at", at, "wait", "60");
        // It waits once its like, begun after it, would be told.
        server().events().poll("at", at, "wait", "1");
        stop();
        try {
            EventsClient.Polled polled = EventsClient.await(waiting);
            assertEquals(at, polled.at());
            long retryAfter = Json.number(polled.json(), "retryAfter");
            assertTrue(retryAfter >= 0 && retryAfter <= 60_000, "after " + retryAfter + " ms");
            List<EventStream.Block> rest = stream.rest();
            EventStream.Block bye = rest.get(rest.size() - 1);
            assertEquals("bye", bye.fields().get("event"));
            assertEquals(1001, bye.json().getInt("code"));
            assertEquals(
                    Json.number(bye.json(), "retryAfter"),
                    Long.parseLong(bye.fields().get("retry")));
        } finally {
            start();
        }
    }

    @Test
    @Covers("poll-any-node")
    default void aPositionIsAsGoodAfterARestartAsBefore() throws Exception {
        SuperchatClient before = server().superchat();
        String token = before.ok("hello", "name", Fresh.name()).getString("token");
        String room = before.opened();
        before.postMany(room, 3);
        String at = server().events().poll("at", room).at();
        before.postMany(room, 2);
        stop();
        start();
        server().again(token).post(room, "afterwards");
        List<String> missed = List.of("text 1", "text 2", "afterwards");
        assertEquals(missed, Json.strings(server().events().poll("at", at).room(room), "entries", "text"));
        EventStream stream = server().stream(server().events().request("").header("Last-Event-ID", at));
        for (String text : missed) {
            assertEquals(text, stream.event("message").json().getString("text"));
        }
    }

    @Test
    @Covers({"do-join-read", "do-rooms-unread", "ok-durable"})
    default void howFarOneHasReadIsThereAgain() throws Exception {
        SuperchatClient before = server().superchat();
        String token = before.ok("hello", "name", Fresh.name()).getString("token");
        String room = before.opened();
        before.postMany(room, 5);
        before.ok("read", "room", room, "seq", 3);
        stop();
        start();
        SuperchatClient after = server().again(token);
        assertEquals(3, Json.number(after.join(room), "readSeq"));
        JsonObject listed =
                Json.objects(after.ok("rooms", "mine", true), "rooms").get(0);
        assertEquals(room, listed.getString("room"));
        assertEquals(2, Json.number(listed, "unread"));
    }

    @Test
    @Covers({"key-same", "ok-durable"})
    default void whatWasAcknowledgedIsThereAgainAndNothingIsDoubled() throws Exception {
        SuperchatClient before = server().superchat();
        JsonObject hello = before.ok("hello", "name", Fresh.name());
        String room = before.opened();
        String epoch = before.join(room).getString("epoch");
        before.postMany(room, 300);
        String key = Fresh.key();
        JsonObject posted = before.ok("post", "room", room, "text", "once \uD83D\uDE00", "key", key);
        List<SuperchatClient.Line> live = before.messages(room, 301);
        stop();
        start();
        SuperchatClient after = server().superchat();
        JsonObject again = after.ok("hello", "token", hello.getString("token"));
        assertEquals(hello.getJsonObject("you"), again.getJsonObject("you"));
        JsonObject repeated = after.ok("post", "room", room, "text", "once \uD83D\uDE00", "key", key);
        assertEquals(Json.number(posted, "seq"), Json.number(repeated, "seq"));
        assertEquals(posted.getString("at"), repeated.getString("at"));
        assertTrue(repeated.getBoolean("duplicate"));
        assertEquals("key_conflict", after.refusal("post", "room", room, "text", "other", "key", key));
        JsonObject joined = after.ok("join", "room", room, "after", 100, "epoch", epoch);
        assertTrue(joined.getBoolean("complete"));
        assertEquals(
                live.subList(100, 301).stream().map(SuperchatClient.Line::raw).toList(),
                after.messages(room, 201).stream()
                        .map(SuperchatClient.Line::raw)
                        .toList());
        assertEquals(302, after.post(room, "next"));
    }
}
