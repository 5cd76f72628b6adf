package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@code POST /api/do}: the commands of section 4, one request at a time (docs/protocol.md §5). */
public interface DoConformance extends Conformance {

    @Test
    @Covers({"http-do", "http-guest", "door-same"})
    default void aGuestSpeaksByHttpAndIsReadByWebSocket() {
        HttpApi guest = server().http().guest();
        String room = guest.opened();
        SuperchatClient reader = server().guest();
        reader.join(room);

        List<JsonObject> replies = guest.carryOut(
                Json.object("do", "post", "id", 1, "room", room, "text", "one", "key", Fresh.key()),
                Json.object("do", "post", "id", 2, "room", room, "text", "two", "key", Fresh.key()),
                Json.object("do", "history", "id", 3, "room", room, "before", 9, "limit", 9));

        assertEquals(1, Json.number(replies.get(0).getJsonObject("ok"), "seq"));
        assertEquals(2, Json.number(replies.get(1).getJsonObject("ok"), "seq"));
        assertEquals(List.of("one", "two"), Json.strings(replies.get(2).getJsonObject("ok"), "messages", "text"));
        assertEquals(
                List.of("one", "two"),
                reader.messages(room, 2).stream()
                        .map(SuperchatClient.Line::text)
                        .toList());
    }

    @Test
    @Covers("http-date")
    default void everyAnswerSaysWhatTimeItIsThere() {
        HttpApi guest = server().http().guest();
        for (HttpApi.Answered answer : List.of(
                guest.post("api/do", "application/json", "{\"do\":\"ping\",\"id\":1}"),
                guest.get(""),
                guest.get("api/events"),
                guest.get("nothing/here"))) {
            Instant there = ZonedDateTime.parse(answer.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            assertTrue(Duration.between(there, Instant.now()).abs().toSeconds() < 30, there::toString);
        }
    }

    @Test
    @Covers("http-do-order")
    default void repliesComeInTheOrderOfTheirCommandsAndOnlyToThoseThatHaveAnId() {
        HttpApi guest = server().http().guest();
        String room = guest.opened();

        List<JsonObject> replies = guest.carryOut(
                Json.object("do", "join", "id", 7, "room", room),
                Json.object("do", "ping"),
                Json.object("do", "nonsense"),
                Json.object("do", "rooms", "id", 8, "limit", 1),
                Json.object("do", "ping", "id", 9));

        assertEquals(4, replies.size());
        assertEquals(7, Json.number(replies.get(0), "re"));
        assertEquals("unknown_command", replies.get(1).getJsonObject("error").getString("code"));
        assertEquals(8, Json.number(replies.get(2), "re"));
        assertEquals(9, Json.number(replies.get(3), "re"));
    }

    @Test
    @Covers("http-do-join")
    default void aJoinIsAnsweredAndFollowsNothing() {
        HttpApi guest = server().http().guest();
        String room = guest.opened();
        guest.carryOut(Json.object("do", "post", "room", room, "text", "there"));
        SuperchatClient other = server().guest();
        JsonObject before = other.join(room);

        List<JsonObject> replies = guest.carryOut(
                Json.object("do", "join", "id", 1, "room", room, "last", 5),
                Json.object("do", "leave", "id", 2, "room", room),
                Json.object("do", "typing", "id", 3, "room", room, "on", true));

        JsonObject joined = replies.get(0).getJsonObject("ok");
        assertEquals(List.of("there"), Json.strings(joined, "messages", "text"));
        assertEquals(1, Json.number(joined, "head"));
        assertEquals(Json.number(before, "presentCount"), Json.number(joined, "presentCount"));
        assertEquals("not_joined", replies.get(1).getJsonObject("error").getString("code"));
        assertTrue(replies.get(2).containsKey("ok"), replies.get(2)::toString);
        JsonObject typing = other.event("typing").json();
        assertEquals(room, typing.getString("room"));
        JsonObject who = guest.carryOut(Json.object("do", "who", "id", 1, "room", room))
                .get(0)
                .getJsonObject("ok");
        assertEquals(1, Json.number(who, "presentCount"));
    }

    @Test
    @Covers("http-do-retry")
    default void aBodyThatIsSentAgainDoesEverythingOnce() {
        HttpApi guest = server().http().guest();
        String room = guest.opened();
        JsonObject[] commands = {
            Json.object("do", "post", "id", 1, "room", room, "text", "one", "key", Fresh.key()),
            Json.object("do", "edit", "id", 2, "room", room, "seq", 1, "text", "one!", "key", Fresh.key()),
            Json.object("do", "edit", "id", 3, "room", room, "seq", 1, "text", "one?", "key", Fresh.key()),
            Json.object("do", "react", "id", 4, "room", room, "seq", 1, "emoji", "👍", "on", true),
            Json.object("do", "post", "id", 5, "room", room, "text", "two", "key", Fresh.key())
        };
        List<CompletableFuture<List<JsonObject>>> tries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tries.add(CompletableFuture.supplyAsync(() -> guest.carryOut(commands)));
        }
        List<List<Long>> seqs = new ArrayList<>();
        for (CompletableFuture<List<JsonObject>> attempt : tries) {
            seqs.add(attempt.join().stream()
                    .map(reply -> Json.number(reply.getJsonObject("ok"), "seq"))
                    .toList());
        }

        assertEquals(4, Collections.frequency(seqs, seqs.get(0)), seqs::toString);
        JsonObject log = guest.get("api/rooms/" + room + "/entries?limit=200").json();
        assertEquals(5, Json.number(log, "head"), log::toString);
        assertEquals(List.of("one?", "two"), guest.texts(room));
    }

    @Test
    @Covers({"http-do-whole", "http-problem"})
    default void whoCannotBeKnownHasNothingDone() {
        HttpApi http = server().http();
        String room = http.guest().opened();
        String post = Json.object("do", "post", "room", room, "text", "never").toString();

        HttpApi.Answered answer = http.bearer("nobody").post("api/do", "application/json", post);
        HttpApi.Answered said =
                http.post("api/do", "application/json", Json.object("do", "hello", "token", "nobody") + "\n" + post);

        assertEquals(401, answer.status());
        assertEquals("application/problem+json", answer.header("Content-Type").replaceFirst(";.*", ""));
        assertEquals("not_authenticated", answer.json().getString("code"));
        assertEquals(401, answer.json().getInt("status"));
        assertEquals("Bearer", answer.header("WWW-Authenticate"));
        assertEquals(401, said.status());
        assertEquals(List.of(), http.texts(room));
    }

    @Test
    @Covers("http-do-bounds")
    default void aBodyHasItsBounds() {
        HttpApi guest = server().http().guest();

        assertEquals(400, guest.post("api/do", "application/json", "\n \n").status());
        assertEquals(
                413,
                guest.post("api/do", "application/json", " ".repeat(200_000)).status());
        String ping = "{\"do\":\"ping\",\"id\":1}\n";
        assertEquals(
                429, guest.post("api/do", "application/json", ping.repeat(129)).status());
        List<JsonObject> replies =
                guest.post("api/do", "application/json", ping.repeat(65)).lines();
        assertTrue(replies.get(63).containsKey("ok"));
        assertEquals("too_many", replies.get(64).getJsonObject("error").getString("code"));
    }

    @Test
    @Covers("http-do-bounds")
    default void pagesEndWhereTheAnswerIsLong() {
        HttpApi guest = server().http().guest();
        String room = guest.opened();
        JsonObject[] posts = new JsonObject[15];
        for (int i = 0; i < posts.length; i++) {
            posts[i] = Json.object("do", "post", "id", i, "room", room, "text", "x".repeat(7_500));
        }
        guest.carryOut(posts);
        JsonObject[] pages = new JsonObject[20];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = Json.object("do", "history", "id", i, "room", room, "before", 999, "limit", 200);
        }
        List<JsonObject> replies = guest.carryOut(pages);
        assertTrue(replies.get(0).containsKey("ok"));
        assertEquals("too_large", replies.get(19).getJsonObject("error").getString("code"));
    }

    @Test
    @Covers("http-guest")
    default void aGuestKeepsTheNameOfTheirHelloFromOneRequestToTheNext() {
        String name = Fresh.name();
        HttpApi http = server().http();
        JsonObject ok = http.carryOut(Json.object("do", "hello", "id", 1, "name", name))
                .get(0)
                .getJsonObject("ok");
        HttpApi guest = http.bearer(ok.getString("token"));

        JsonObject again =
                guest.carryOut(Json.object("do", "hello", "id", 1)).get(0).getJsonObject("ok");

        assertEquals(name, again.getJsonObject("you").getString("name"));
        assertEquals(ok.getJsonObject("you"), again.getJsonObject("you"));
        assertFalse(again.containsKey("token"));
    }

    @Test
    @Covers({"http-cookie", "http-cors"})
    default void aCookieIsNotEnoughAndOtherOriginsNeedABearer() {
        HttpApi http = server().http();
        String token = http.carryOut(Json.object("do", "hello", "id", 1))
                .get(0)
                .getJsonObject("ok")
                .getString("token");
        HttpApi cookie = http.with("Cookie", "parley_session=" + token);
        String hello = Json.object("do", "hello", "id", 1).toString();

        assertEquals(403, cookie.post("api/do", "application/json", hello).status());
        HttpApi.Answered own = cookie.with("Sec-Fetch-Site", "same-origin").post("api/do", "application/json", hello);
        assertFalse(own.lines().get(0).getJsonObject("ok").containsKey("token"));
        HttpApi.Answered foreign =
                cookie.with("Origin", "http://example.com").post("api/do", "application/json", hello);
        assertEquals("http://example.com", foreign.header("Access-Control-Allow-Origin"));
        assertTrue(foreign.lines().get(0).getJsonObject("ok").containsKey("token"), "the cookie did not count");
        assertEquals(
                403,
                http.bearer(token)
                        .with("Origin", "http://other.example.com")
                        .post("api/do", "application/json", hello)
                        .status());
    }
}
