package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Event streams at {@code /api/events} (docs/protocol.md §5). */
public interface StreamConformance extends Conformance {

    /** What a proxy in front, if there is one, leaves of the header that is meant for it. */
    default String accelBuffering() {
        return "no";
    }

    @Test
    @Covers({"sse-blocks", "sse-headers", "sse-joined", "poll-bytes"})
    default void entriesAreBlocksOfDataAndBatchesEndInAnId() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String epoch = client.join(room).getString("epoch");
        client.postMany(room, 3);
        EventStream stream = server().stream("at", room + "@" + epoch + ":0");
        assertEquals(200, stream.status());
        assertEquals("text/event-stream", stream.header("Content-Type").split(";", -1)[0]);
        assertEquals("no-store", stream.header("Cache-Control"));
        assertEquals(accelBuffering(), stream.header("X-Accel-Buffering"));
        JsonObject joined = stream.next().json();
        assertEquals("joined", joined.getString("type"));
        assertTrue(joined.getBoolean("complete"));
        assertEquals(epoch, joined.getString("epoch"));
        List<String> lines = stream.messages(3);
        assertEquals(
                client.messages(room, 3).stream().map(SuperchatClient.Line::raw).toList(), lines);
        EventStream.Block end = stream.next();
        assertTrue(end.isOnlyId(), end::toString);
        assertEquals(room + "@" + epoch + ":3", end.id());
        client.post(room, "live");
        EventStream.Block live = stream.next();
        assertEquals("live", live.json().getString("text"));
        assertFalse(live.fields().containsKey("id"));
        assertEquals(room + "@" + epoch + ":4", stream.next().id());
    }

    @Test
    @Covers("sse-id")
    default void aStreamHasNoMoreRoomsThanItsIdCanNameInAHeader() {
        String rooms = IntStream.range(0, 100).mapToObj(i -> "room-" + i).collect(Collectors.joining(","));
        EventsClient events = server().events();
        HttpRequest.Builder stream =
                events.request(EventsClient.query("at", rooms)).header("Accept", "text/event-stream");
        assertEquals(
                "bad_request at", EventsClient.await(events.ask(stream.build())).refusal(400));
        assertEquals(100, events.poll("at", rooms).json().getJsonObject("rooms").size());
    }

    @Test
    @Covers("sse-resume")
    default void whoComesBackWithTheIdSeenLastMissesNothingAndGetsNothingTwice() throws Exception {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String other = client.opened();
        List<Long> seen = new ArrayList<>();
        String id = "";
        int posted = 0;
        for (int visit = 0; visit < 5; visit++) {
            HttpRequest.Builder request = server().events().request("?at=" + room + "," + other);
            EventStream stream = server().stream(visit == 0 ? request : request.header("Last-Event-ID", id));
            stream.next(EventStream.Block::isOnlyId);
            client.postMany(room, 20);
            client.post(other, "beside");
            posted += 20;
            while (seen.isEmpty() || seen.get(seen.size() - 1) < posted - 5) {
                EventStream.Block block = stream.next();
                if (block.type().equals("message")
                        && block.json().getString("room").equals(room)) {
                    // What comes after an id and before the next one comes again.
                    seen.add(Json.number(block.json(), "seq"));
                }
            }
            id = stream.lastId();
            long settled = Long.parseLong(id.substring(id.indexOf(':') + 1, id.indexOf(',')));
            seen.removeIf(seq -> seq > settled);
            stream.close();
        }
        for (int i = 0; i < seen.size(); i++) {
            assertEquals(i + 1, seen.get(i));
        }
        assertTrue(seen.size() >= 60, seen::toString);
    }

    @Test
    @Covers("sse-signals")
    default void whatPassesComesWithoutAnId() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        EventStream stream = server().stream("at", room);
        stream.next(EventStream.Block::isOnlyId);
        client.join(room);
        EventStream.Block presence = stream.event("presence");
        assertEquals(1, Json.objects(presence.json(), "joined").size());
        client.ok("typing", "room", room, "on", true);
        EventStream.Block typing = stream.event("typing");
        assertFalse(typing.fields().containsKey("id"));
        client.post(room, "done");
        stream.event("message");
        assertTrue(stream.next().isOnlyId());
    }

    @Test
    @Covers({"sse-joined", "poll-one-room", "log-unresumable"})
    default void aRoomThatBeganAnewComesAsAPageAndOneThatIsNotThereIsRefused() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.postMany(room, 2);
        String missing = Fresh.room();
        EventStream stream = server().stream("at", missing + "," + room + "@other:9");
        JsonObject refused = stream.event("refused").json();
        assertEquals(missing, refused.getString("room"));
        assertEquals("no_such_room", refused.getJsonObject("error").getString("code"));
        JsonObject joined = stream.event("joined").json();
        assertFalse(joined.getBoolean("complete"));
        assertEquals(List.of("text 1", "text 2"), Json.strings(joined, "messages", "text"));
        client.post(room, "next");
        assertEquals("next", stream.event("message").json().getString("text"));
        String id = stream.next(EventStream.Block::isOnlyId).id();
        assertTrue(id.startsWith(missing + "," + room + "@") && id.endsWith(":3"), id);
    }

    @Test
    @Covers({"sse-lag", "ev-gap"})
    default void whoAskedToSkipWhatIsFarBehindIsToldOfTheGap() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String epoch = client.join(room).getString("epoch");
        client.postMany(room, 20);
        EventStream stream = server().stream("at", room + "@" + epoch + ":0", "lag", "10");
        JsonObject gap = stream.event("gap").json();
        assertEquals(0, Json.number(gap, "after"));
        assertEquals(20, Json.number(gap, "head"));
        assertEquals(room + "@" + epoch + ":20", stream.next().id());
    }

    @Test
    @Covers("poll-post")
    default void aPostOpensAStreamToo() {
        HttpRequest.Builder request = server().events()
                .request("")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"at\":{\"lobby\":{}}}"));
        EventStream stream = server().stream(request);
        assertEquals("lobby", stream.event("joined").json().getString("room"));
    }

    @Test
    @Covers("sse-comment")
    default void aQuietStreamSaysAtLeastACommentEveryFifteenSeconds() {
        SuperchatClient client = server().guest();
        EventStream stream = server().stream("at", client.opened());
        stream.next(EventStream.Block::isOnlyId);
        long quietSince = System.nanoTime();
        assertTrue(stream.next().isComment());
        long quiet = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - quietSince);
        assertTrue(quiet <= 16, quiet + " s");
    }

    @Test
    @Covers("poll-presence")
    default void aStreamThatNamesItselfIsPresentAsLongAsItIsOpen() {
        SuperchatClient watcher = server().guest();
        String room = watcher.opened();
        watcher.join(room);
        server().stream("at", room).next(EventStream.Block::isOnlyId);
        String token = server().superchat().ok("hello").getString("token");
        EventStream seen = server().stream(
                server().events().request("?client=tab1&at=" + room).header("Authorization", "Bearer " + token));
        JsonObject joined = seen.event("joined").json();
        assertEquals(2, joined.getInt("presentCount"));
        assertEquals(2, new HashSet<>(Json.strings(joined, "present", "id")).size());
        assertEquals(2, watcher.presence(room).getInt("presentCount"));
    }
}
