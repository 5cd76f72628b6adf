package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code /api/rooms} and below: rooms, messages, entries (docs/protocol.md §5). */
public interface PublishConformance extends Conformance {

    @Test
    @Covers({"http-publish", "door-one"})
    default void aMessageIsPublishedInJsonOrAsPlainText() {
        HttpApi guest = server().http().guest();
        String room = guest.opened();
        SuperchatClient reader = server().guest();
        reader.join(room);

        HttpApi.Answered json = guest.post(messages(room), "application/json", "{\"text\":\"one\",\"data\":{\"a\":1}}");
        HttpApi.Answered plain = guest.post(messages(room), "text/plain; charset=utf-8", "zwei\nDrei ⇒ 3\n");

        assertEquals(201, json.status(), json.body());
        assertEquals(1, Json.number(json.json(), "seq"));
        assertEquals(201, plain.status(), plain.body());
        List<SuperchatClient.Line> seen = reader.messages(room, 2);
        assertEquals(
                List.of("one", "zwei\nDrei ⇒ 3"),
                seen.stream().map(SuperchatClient.Line::text).toList());
        assertEquals(json.json().getString("at"), seen.get(0).json().getString("at"));
        assertEquals("{\"a\":1}", seen.get(0).json().getJsonObject("data").toString());
    }

    @Test
    @Covers("http-publish-location")
    default void theAnswerTellsWhereTheEntryIs() {
        HttpApi guest = server().http().guest();
        String room = guest.opened();
        guest.post(messages(room), "text/plain", "one");

        HttpApi.Answered second = guest.post(messages(room), "text/plain", "two");

        JsonObject entry = Json.objects(guest.get(second.header("Location")).json(), "entries")
                .get(0);
        assertEquals("two", entry.getString("text"));
        assertEquals(Json.number(second.json(), "seq"), Json.number(entry, "seq"));
    }

    @Test
    @Covers("http-publish-key")
    default void theIdempotencyKeyIsTheKey() {
        HttpApi guest = server().http().guest();
        String room = guest.opened();
        String key = Fresh.key();

        HttpApi keyed = guest.with("Idempotency-Key", '"' + key + '"');
        HttpApi.Answered first = keyed.post(messages(room), "text/plain", "once");
        HttpApi.Answered again = keyed.post(messages(room), "text/plain", "once");
        HttpApi.Answered other = keyed.post(messages(room), "text/plain", "something else");
        HttpApi.Answered unquoted = guest.with("Idempotency-Key", key).post(messages(room), "text/plain", "once");
        HttpApi.Answered inBody = guest.post(
                messages(room),
                "application/json",
                Json.object("text", "once", "key", key).toString());

        assertEquals(201, first.status());
        assertEquals(200, again.status());
        assertEquals(200, unquoted.status());
        assertEquals(200, inBody.status());
        assertTrue(again.json().getBoolean("duplicate"));
        assertEquals(first.json().getJsonNumber("seq"), again.json().getJsonNumber("seq"));
        assertEquals(409, other.status());
        assertEquals("key_conflict", other.json().getString("code"));
        assertEquals(List.of("once"), guest.texts(room));
    }

    @Test
    @Covers({"http-problem", "http-status"})
    default void whatIsWrongIsToldByStatusAndCode() {
        HttpApi guest = server().http().guest();
        String room = guest.opened();

        problem(404, "no_such_room", guest.post(messages(Fresh.room()), "text/plain", "x"));
        problem(404, "no_such_room", guest.get(messages(Fresh.room())));
        problem(400, "bad_request", guest.get(messages("a!b")));
        problem(400, "bad_request", guest.get(messages(room) + "?before=x"));
        problem(400, "bad_request", guest.get(messages(room) + "?limit=0"));
        problem(400, "bad_request", guest.post(messages(room), "text/plain", "a\u0007b"));
        problem(400, "bad_request", guest.post(messages(room), "text/plain", " "));
        problem(400, "bad_request", guest.post(messages(room), "application/json", "[1]"));
        problem(400, "too_long", guest.post(messages(room), "text/plain", "x".repeat(8_001)));
        problem(413, "too_large", guest.post(messages(room), "text/plain", "x".repeat(200_000)));
        problem(415, "bad_request", guest.post(messages(room), "application/x-www-form-urlencoded", "text=x"));
        problem(415, "bad_request", guest.post(messages(room), "text/plain; charset=utf-16", "x"));
        problem(404, "not_found", guest.get("api/rooms/" + room + "/nothing"));
        problem(404, "not_found", guest.get("api/nothing"));
        HttpApi.Answered delete = guest.send("DELETE", messages(room), BodyPublishers.noBody());
        problem(405, "bad_request", delete);
        assertEquals("GET, HEAD, POST", delete.header("Allow"));
        JsonObject wrong = guest.post(messages(room), "text/plain", "a\u0007b").json();
        assertEquals("text", wrong.getString("field"));
        assertEquals(List.of(), guest.texts(room));
    }

    @Test
    @Covers("http-history")
    default void historyGoesBackwardsByMessagesAndForwardsByEntries() {
        HttpApi guest = server().http().guest();
        String room = guest.opened();
        for (int i = 1; i <= 5; i++) {
            guest.post(messages(room), "text/plain", "text " + i);
        }
        guest.carryOut(Json.object("do", "edit", "room", room, "seq", 2, "text", "changed"));

        JsonObject newest = guest.get(messages(room) + "?limit=2").json();
        JsonObject before = guest.get(messages(room) + "?before=4&limit=2").json();
        JsonObject after =
                guest.get("api/rooms/" + room + "/entries?after=4&limit=2").json();

        assertEquals(List.of("text 4", "text 5"), Json.strings(newest, "messages", "text"));
        assertEquals(List.of("changed", "text 3"), Json.strings(before, "messages", "text"));
        assertTrue(before.getBoolean("more"));
        assertEquals(List.of("message", "edit"), Json.strings(after, "entries", "type"));
        assertEquals(6, Json.number(after, "head"));
    }

    @Test
    @Covers("http-etag")
    default void whatDidNotChangeIsNotSentAgain() {
        HttpApi guest = server().http().guest();
        String room = guest.opened();
        guest.post(messages(room), "text/plain", "one");
        HttpApi.Answered first = guest.get(messages(room));
        HttpApi conditional = guest.with("If-None-Match", first.header("ETag"));

        HttpApi.Answered same = conditional.get(messages(room));
        guest.carryOut(Json.object("do", "delete", "room", room, "seq", 1));
        HttpApi.Answered changed = conditional.get(messages(room));

        assertEquals(304, same.status());
        assertEquals("", same.body());
        assertEquals("private, no-cache", first.header("Cache-Control"));
        assertEquals(200, changed.status());
        assertTrue(Json.objects(changed.json(), "messages").get(0).getBoolean("deleted"));
    }

    @Test
    @Covers("http-rooms")
    default void roomsAreOpenedListedAndLookedInto() {
        HttpApi guest = server().http().guest();
        String room = Fresh.room() + "-茶";

        HttpApi.Answered opened = guest.post(
                "api/rooms", "application/json", Json.object("room", room).toString());
        SuperchatClient reader = server().guest();
        reader.join(room);
        JsonObject rooms = guest.get("api/rooms?limit=200").json();
        JsonObject who = guest.get(opened.header("Location")).json();

        assertEquals(room, opened.json().getString("room"));
        assertTrue(Json.strings(rooms, "rooms", "room").contains(room) || rooms.getBoolean("more"));
        assertEquals(1, Json.number(who, "presentCount"));
        assertEquals(404, guest.get("api/rooms/" + Fresh.room()).status());
    }

    @Test
    @Covers("http-rooms-mine")
    default void aRequestHasNoRoomsOfItsOwn() {
        HttpApi guest = server().http().guest();

        HttpApi.Answered mine = guest.get("api/rooms?mine=true");

        problem(400, "bad_request", mine);
        assertEquals("mine", mine.json().getString("field"));
        assertEquals(200, guest.get("api/rooms?mine=false").status());
    }

    private static String messages(String room) {
        return "api/rooms/" + room + "/messages";
    }

    private static void problem(int status, String code, HttpApi.Answered answer) {
        assertEquals(status + " " + code, answer.status() + " " + answer.json().getString("code"), answer::body);
        assertEquals(status, answer.json().getInt("status"));
        assertTrue(answer.header("Content-Type").startsWith("application/problem+json"));
    }
}
