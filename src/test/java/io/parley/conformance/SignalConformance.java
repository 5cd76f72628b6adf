package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What passes and is not kept, and how far one has read (docs/protocol.md §1, §4). */
public interface SignalConformance extends Conformance {

    @Test
    @Covers({"do-typing", "ev-typing", "typing-while"})
    default void whoTypesIsToldToTheRoomUntilTheyPost() {
        SuperchatClient ann = server().guest();
        String room = ann.opened();
        ann.join(room);
        String name = Fresh.name();
        SuperchatClient ben = server().guest(name);
        ben.join(room);
        assertTrue(ben.ok("typing", "room", room, "on", true).isEmpty());
        JsonObject typing = ann.event("typing").json();
        assertEquals(room, typing.getString("room"));
        assertEquals(List.of(name), Json.strings(typing, "who", "name"));
        ben.post(room, "there");
        assertEquals(List.of(), Json.objects(ann.event("typing").json(), "who"));
        assertEquals(1, Json.number(ann.join(room), "head"), "typing leaves no entry");
    }

    @Test
    @Covers("typing-limits")
    default void typingIsForRoomsThatOneFollows() {
        SuperchatClient ann = server().guest();
        String room = ann.opened();
        assertEquals("not_joined", ann.refusal("typing", "room", room, "on", true));
        ann.join(room);
        assertEquals("bad_request on", ann.refusal("typing", "room", room));
        assertEquals("bad_request on", ann.refusal("typing", "room", room, "on", "yes"));
        assertEquals("bad_request room", ann.refusal("typing", "on", true));
    }

    @Test
    @Covers("typing-limits")
    default void typingTooOftenIsRefused() {
        SuperchatClient ann = server().guest();
        String room = ann.opened();
        ann.join(room);
        JsonObject reply;
        int sent = 0;
        do {
            reply = ann.reply(ann.send("typing", "room", room, "on", true));
        } while (reply.containsKey("ok") && ++sent < 1_000);
        JsonObject error = reply.getJsonObject("error");
        assertEquals("rate_limited", error.getString("code"));
        assertTrue(Json.number(error, "retryAfter") > 0);
    }

    @Test
    @Covers({"do-join-read", "do-read", "ev-read", "read-forward", "read-stored"})
    default void aReadMarkIsKeptAndToldAndNeverGoesBack() {
        String name = Fresh.name();
        SuperchatClient ann = server().superchat();
        String token = ann.ok("hello", "name", name).getString("token");
        String room = ann.opened();
        ann.join(room);
        ann.postMany(room, 3);
        SuperchatClient other = server().again(token);
        assertFalse(other.join(room).containsKey("readSeq"));
        SuperchatClient ben = server().guest();
        ben.join(room);
        assertTrue(ann.ok("read", "room", room, "seq", 2).isEmpty());
        for (SuperchatClient client : List.of(other, ben)) {
            JsonObject read = client.event("read").json();
            assertEquals(room, read.getString("room"));
            assertEquals(name, read.getJsonObject("from").getString("name"));
            assertEquals(2, Json.number(read, "seq"));
        }
        other.ok("read", "room", room, "seq", 1);
        assertEquals(2, Json.number(other.join(room), "readSeq"));
        ann.close();
        other.close();
        assertEquals(2, Json.number(server().again(token).join(room), "readSeq"));
        assertFalse(ben.join(room).containsKey("readSeq"), "everybody has their own");
    }

    @Test
    @Covers("read-bounds")
    default void aReadMarkLiesInTheRoom() {
        SuperchatClient ann = server().guest();
        String room = ann.opened();
        ann.post(room, "one");
        ann.ok("read", "room", room, "seq", 0);
        ann.ok("read", "room", room, "seq", 1);
        assertEquals("bad_request seq", ann.refusal("read", "room", room, "seq", 2));
        assertEquals("bad_request seq", ann.refusal("read", "room", room, "seq", -1));
        assertEquals("bad_request seq", ann.refusal("read", "room", room));
        assertEquals("no_such_room", ann.refusal("read", "room", Fresh.room(), "seq", 0));
    }

    @Test
    @Covers({"do-rooms-unread", "unread-all"})
    default void unreadMessagesAreCountedExactly() {
        SuperchatClient ann = server().guest();
        String room = ann.opened();
        ann.join(room);
        JsonObject nothing = listed(ann, room);
        assertFalse(nothing.containsKey("readSeq"));
        assertEquals(0, Json.number(nothing, "unread"));
        ann.postMany(room, 7);
        assertEquals(7, Json.number(listed(ann, room), "unread"));
        ann.ok("read", "room", room, "seq", 3);
        JsonObject some = listed(ann, room);
        assertEquals(3, Json.number(some, "readSeq"));
        assertEquals(4, Json.number(some, "unread"));
        assertEquals(0, Json.number(some, "mentions"));
        ann.ok("read", "room", room, "seq", 7);
        assertEquals(0, Json.number(listed(ann, room), "unread"));
    }

    @Test
    @Covers("read-guest")
    default void whoseMarksAreOfAGuestWhoNeverPostedCountAsWellWhileTheyAreHere() {
        SuperchatClient ann = server().guest();
        String room = ann.opened();
        ann.postMany(room, 3);
        SuperchatClient lurker = server().guest();
        lurker.join(room);
        lurker.ok("read", "room", room, "seq", 2);
        assertEquals(1, Json.number(listed(lurker, room), "unread"));
        assertEquals(2, Json.number(lurker.join(room), "readSeq"));
    }

    @Test
    @Covers("ev-profile")
    default void aNewNameIsToldAsAProfile() {
        SuperchatClient stays = server().guest();
        SuperchatClient other = server().superchat();
        JsonObject welcome = other.ok("hello");
        SuperchatClient elsewhere = server().again(welcome.getString("token"));
        String room = stays.opened();
        other.join(room);
        stays.join(room);
        String name = Fresh.name();
        other.ok("name", "name", name);
        for (SuperchatClient client : List.of(stays, elsewhere)) {
            JsonObject user = client.event("profile").json().getJsonObject("user");
            assertEquals(name, user.getString("name"));
            assertEquals(welcome.getJsonObject("you").getString("id"), user.getString("id"));
        }
    }

    @Test
    @Covers("ev-rooms")
    default void whoAskedForRoomsHearsOfThoseThatAreOpened() {
        SuperchatClient asks = server().guest();
        asks.ok("rooms");
        String room = server().guest().opened();
        JsonObject moved = asks.event(
                        line -> line.type().equals("rooms") && line.raw().contains(room))
                .json();
        assertTrue(moved.getJsonArray("opened").toString().contains("\"" + room + "\""), moved::toString);
        assertTrue(moved.getJsonArray("closed").isEmpty());
    }

    @Test
    @Covers({"ev-gap", "lag-form"})
    default void whoMayLagSkipsWhatIsTooMuch() {
        SuperchatClient writer = server().guest();
        String room = writer.opened();
        String epoch = writer.join(room).getString("epoch");
        writer.postMany(room, 20);
        SuperchatClient hasty = server().superchat();
        hasty.ok("hello", "lag", 10);
        JsonObject joined = hasty.ok("join", "room", room, "after", 5, "epoch", epoch);
        assertTrue(joined.getBoolean("complete"));
        JsonObject gap = hasty.event("gap").json();
        assertEquals(room, gap.getString("room"));
        assertEquals(5, Json.number(gap, "after"));
        assertEquals(20, Json.number(gap, "head"));
        writer.post(room, "on it goes");
        assertEquals(21, hasty.messages(room, 1).get(0).seq());
        assertEquals(
                15,
                Json.objects(hasty.ok("history", "room", room, "after", 5, "limit", 15), "entries")
                        .size());
        SuperchatClient patient = server().superchat();
        patient.ok("hello", "lag", 16);
        patient.ok("join", "room", room, "after", 5, "epoch", epoch);
        assertEquals(6, patient.messages(room, 16).get(0).seq());
        assertEquals("bad_request lag", server().superchat().refusal("hello", "lag", 0));
    }

    private static JsonObject listed(SuperchatClient client, String room) {
        return Json.objects(client.ok("rooms", "after", before(room)), "rooms").stream()
                .filter(listed -> listed.getString("room").equals(room))
                .findFirst()
                .orElseThrow();
    }

    /** The name that sorts just before a room's. */
    private static String before(String room) {
        return room.substring(0, room.length() - 1);
    }
}
