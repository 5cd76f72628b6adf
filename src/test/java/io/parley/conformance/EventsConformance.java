package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polling and long polling at {@code /api/events} (docs/protocol.md §5). */
public interface EventsConformance extends Conformance {

    @Test
    @Covers({"poll-room", "poll-bytes", "poll-next", "door-same"})
    default void aPollTellsWhatCameAfterAPositionInTheBytesOfTheWebSocket() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String epoch = client.join(room).getString("epoch");
        client.postMany(room, 3);
        client.ok("react", "room", room, "seq", 1, "emoji", "\uD83D\uDC4D", "on", true);
        client.fence();
        EventsClient.Polled polled = server().events().poll("at", room + "@" + epoch + ":1");
        JsonObject news = polled.room(room);
        assertEquals(epoch, news.getString("epoch"));
        assertEquals(4, Json.number(news, "head"));
        assertFalse(news.getBoolean("more"));
        List<String> live = client.log().stream()
                .filter(line -> line.isOf(room) && line.json().containsKey("seq") && line.seq() > 1)
                .map(SuperchatClient.Line::raw)
                .toList();
        assertEquals(3, live.size());
        assertTrue(polled.http().body().contains("[" + String.join(",", live) + "]"), polled.http()::body);
        assertEquals(room + "@" + epoch + ":4", polled.at());
        assertTrue(polled.http().body().endsWith(",\"at\":\"" + polled.at() + "\"}"));
        assertEquals("no-store", polled.header("Cache-Control"));
    }

    @Test
    @Covers({"poll-now", "poll-next"})
    default void aRoomWithoutAPositionIsReadFromNowOn() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.postMany(room, 2);
        EventsClient.Polled first = server().events().poll("at", room);
        assertEquals(List.of(), Json.objects(first.room(room), "entries"));
        assertEquals(2, Json.number(first.room(room), "head"));
        client.post(room, "after");
        EventsClient.Polled next = server().events().poll("at", first.at());
        assertEquals(List.of("after"), Json.strings(next.room(room), "entries", "text"));
    }

    @Test
    @Covers("poll-now")
    default void whoNamesNoRoomReadsTheLobbyFromNowOn() {
        assertEquals(
                Set.of("lobby"),
                server().events().poll().json().getJsonObject("rooms").keySet());
    }

    @Test
    @Covers({"poll-wait", "http-date"})
    default void aLongPollIsAnsweredWhenSomethingComes() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String at = server().events().poll("at", room).at();
        CompletableFuture<EventsClient.Polled> waiting = server().events().polling("at", at, "wait", "60");
        CompletableFuture<EventsClient.Polled> fromNowOn =
                server().events().polling("at", room + ",lobby", "wait", "60");
        // Whoever reads from now on gets the first of what is posted once they have begun to.
        while (!waiting.isDone() || !fromNowOn.isDone()) {
            client.post(room, "something");
        }
        JsonObject news = EventsClient.await(waiting).room(room);
        assertEquals(1, Json.number(Json.objects(news, "entries").get(0), "seq"));
        assertFalse(Json.objects(EventsClient.await(fromNowOn).room(room), "entries")
                .isEmpty());
    }

    @Test
    @Covers("poll-wait")
    default void aLongPollIsAnsweredWithNothingWhenItsTimeIsOver() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        Instant asked = Instant.now();
        long began = System.nanoTime();
        EventsClient.Polled polled = server().events().poll("at", room, "wait", "1");
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertEquals(List.of(), Json.objects(polled.room(room), "entries"));
        assertFalse(polled.room(room).getBoolean("more"));
        assertTrue(took >= 1_000, took + " ms");
        Instant said = DateTimeFormatter.RFC_1123_DATE_TIME.parse(polled.header("Date"), Instant::from);
        assertTrue(said.getEpochSecond() > asked.getEpochSecond(), "answered at " + said + ", asked at " + asked);
    }

    @Test
    @Covers({"poll-one-room", "poll-reset", "log-unresumable"})
    default void oneRoomNeverFailsAnother() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String rewound = client.opened();
        String epoch = client.join(room).getString("epoch");
        client.postMany(room, 2);
        client.postMany(rewound, 3);
        String missing = Fresh.room();
        EventsClient.Polled polled = server().events()
                .poll("at", missing + "@x:7," + room + "@" + epoch + ":1," + rewound + "@other:2", "wait", "60");
        assertEquals("no_such_room", polled.room(missing).getJsonObject("error").getString("code"));
        assertEquals(List.of("text 2"), Json.strings(polled.room(room), "entries", "text"));
        JsonObject reset = polled.room(rewound).getJsonObject("reset");
        assertEquals(List.of("text 1", "text 2", "text 3"), Json.strings(reset, "messages", "text"));
        assertFalse(reset.getBoolean("complete"));
        assertEquals(3, Json.number(polled.room(rewound), "head"));
        assertEquals(List.of(), Json.objects(polled.room(rewound), "entries"));
        // Where the client is in the room that is not there is its own affair.
        assertTrue(polled.at().startsWith(missing + "@x:7," + room + "@" + epoch + ":2," + rewound + "@"), polled::at);
        assertTrue(polled.at().endsWith(":3"), polled::at);
    }

    @Test
    @Covers("poll-more")
    default void whoIsFarBehindReadsOnUntilThereIsNoMore() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String epoch = client.join(room).getString("epoch");
        int count = 3_000;
        client.postMany(room, count);
        String at = room + "@" + epoch + ":0";
        List<String> texts = new ArrayList<>();
        int polls = 0;
        boolean more = true;
        while (more) {
            EventsClient.Polled polled = server().events().poll("at", at);
            texts.addAll(Json.strings(polled.room(room), "entries", "text"));
            more = polled.room(room).getBoolean("more");
            at = polled.at();
            polls++;
            assertTrue(
                    polled.http().body().length() <= 256 * 1024,
                    "an answer of " + polled.http().body().length());
        }
        assertTrue(polls > 1, "in one answer");
        assertEquals(room + "@" + epoch + ":" + count, at);
        List<String> posted = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            posted.add("text " + i);
        }
        assertEquals(posted, texts);
    }

    @Test
    @Covers("poll-post")
    default void aPostAsksTheSame() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String epoch = client.join(room).getString("epoch");
        client.postMany(room, 2);
        EventsClient.Polled polled = server().events()
                .post("{\"at\":{\"" + room + "\":{\"epoch\":\"" + epoch + "\",\"seq\":1},\"lobby\":{}},\"wait\":5}");
        assertEquals(List.of("text 2"), Json.strings(polled.room(room), "entries", "text"));
        EventsClient.Polled next = server().events().post("{\"at\":\"" + polled.at() + "\"}");
        assertEquals(List.of(), Json.objects(next.room(room), "entries"));
        assertEquals(polled.at(), next.at());
    }

    @Test
    @Covers("poll-ascii")
    default void aRoomOfOtherLettersIsNamedInAnyWay() {
        SuperchatClient client = server().guest();
        String room = "茶" + Fresh.room();
        client.ok("open", "room", room, "kind", "public");
        client.post(room, "茶");
        EventsClient.Polled first = server().events().poll("at", room);
        assertTrue(first.at().startsWith("%E8%8C%B6"), first::at);
        client.post(room, "again");
        EventsClient.Polled next = server().events().poll("at", first.at());
        assertEquals(List.of("again"), Json.strings(next.room(room), "entries", "text"));
    }

    @Test
    @Covers("page-deleted")
    default void whatWasDeletedIsReadWithoutItsText() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String epoch = client.join(room).getString("epoch");
        long seq = client.post(room, "a secret");
        client.ok("delete", "room", room, "seq", seq);
        EventsClient.Polled polled = server().events().poll("at", room + "@" + epoch + ":0");
        assertFalse(polled.http().body().contains("a secret"), polled.http()::body);
        JsonObject message = Json.objects(polled.room(room), "entries").get(0);
        assertTrue(message.getBoolean("deleted"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?at=lobby@",
                "?at=lobby@x:",
                "?at=lobby@x:1x",
                "?at=lobby@x:9999999999999999",
                "?at=,",
                "?at=",
                "?at=a%20b",
                "?at=lobby@:1"
            })
    @Covers("poll-refused")
    default void whatCannotBeAPlaceIsRefused(String query) {
        HttpRequest request = server().events().request(query).build();
        assertEquals(
                "bad_request at",
                EventsClient.await(server().events().ask(request)).refusal(400));
    }

    @Test
    @Covers("poll-refused")
    default void whatCannotBeUnderstoodIsRefusedWithItsField() {
        EventsClient events = server().events();
        assertEquals("bad_request wait", events.poll("wait", "61").refusal(400));
        assertEquals("bad_request wait", events.poll("wait", "soon").refusal(400));
        assertEquals("bad_request client", events.poll("client", "").refusal(400));
        assertEquals("bad_request client", events.poll("client", "c".repeat(65)).refusal(400));
        assertEquals("bad_request lag", events.poll("lag", "0").refusal(400));
        assertEquals("bad_request json", events.post("{").refusal(400));
        assertEquals("bad_request at", events.post("{\"at\":{}}").refusal(400));
        assertEquals("bad_request at", events.post("{\"at\":{\"lobby\":7}}").refusal(400));
        assertEquals("bad_request wait", events.post("{\"wait\":-1}").refusal(400));
    }

    @Test
    @Covers("hs-identity")
    default void whoBringsAWrongTokenIsToldSo() {
        EventsClient events = server().events();
        HttpRequest.Builder request = events.request("?wait=60").header("Authorization", "Bearer wrong");
        assertEquals(
                "not_authenticated",
                EventsClient.await(events.ask(request.build())).refusal(401));
        assertEquals(
                401,
                server().stream(events.request("").header("Authorization", "Bearer wrong"))
                        .status());
    }

    @Test
    default void whoOnlyLooksWhetherItIsThereDoesNotWait() {
        EventsClient events = server().events();
        HttpRequest.Builder head = events.request("?wait=60").method("HEAD", HttpRequest.BodyPublishers.noBody());
        EventsClient.Polled looked = EventsClient.await(events.ask(head.build()));
        assertEquals(200, looked.http().statusCode());
        HttpRequest.Builder put = events.request("").method("PUT", HttpRequest.BodyPublishers.noBody());
        EventsClient.Polled refused = EventsClient.await(events.ask(put.build()));
        assertEquals("bad_request", refused.refusal(405));
        assertEquals(
                Set.of("GET", "HEAD", "POST"), Set.of(refused.header("Allow").split(", ")));
    }

    @Test
    @Covers("poll-presence")
    default void whoNamesItselfIsPresentBetweenItsPolls() {
        SuperchatClient watcher = server().guest();
        String room = watcher.opened();
        watcher.join(room);
        String token = server().superchat().ok("hello").getString("token");
        EventsClient events = server().events();
        String unseen = poll(events, token, "?at=" + room);
        String seen = poll(events, token, "?at=" + room + "&client=tab1");
        assertEquals(unseen, seen);
        JsonObject presence = watcher.presence(room);
        assertEquals(1, Json.objects(presence, "joined").size());
        assertEquals(2, presence.getInt("presentCount"));
        poll(events, token, "?at=" + room + "&client=tab1");
        JsonObject who = watcher.ok("who", "room", room);
        assertEquals(2, who.getInt("presentCount"));
        assertEquals(2, new HashSet<>(Json.strings(who, "present", "id")).size());
        assertNull(watcher.untaken().stream()
                .filter(line -> line.type().equals("presence"))
                .findFirst()
                .orElse(null));
    }

    @Test
    @Covers("poll-ghost")
    default void whoCannotComeAgainIsNoGhostInTheRoom() {
        SuperchatClient watcher = server().guest();
        String room = watcher.opened();
        watcher.join(room);
        server().events().poll("at", room, "client", "tab1", "name", "Ghost").json();
        EventStream stream = server().stream("at", room, "client", "tab1");
        stream.event("joined");
        assertEquals(1, watcher.ok("who", "room", room).getInt("presentCount"));
    }

    private static String poll(EventsClient events, String token, String query) {
        HttpRequest.Builder request = events.request(query).header("Authorization", "Bearer " + token);
        return EventsClient.await(events.ask(request.build())).at();
    }
}
