package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code open}, {@code rooms}, {@code probe} and what a room may be called (docs/protocol.md §1, §4). */
public interface RoomConformance extends Conformance {

    @Test
    @Covers("room-lobby")
    default void theLobbyIsAlwaysThere() {
        SuperchatClient client = server().guest();
        assertEquals("lobby", client.join("lobby").getString("room"));
        assertEquals(
                "lobby", client.ok("open", "room", "LOBBY", "kind", "public").getString("room"));
    }

    @Test
    @Covers("do-open")
    default void openingARoomThatIsThereChangesNothing() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.post(room, "first");
        String epoch = client.join(room).getString("epoch");
        assertEquals(room, client.ok("open", "room", room, "kind", "public").getString("room"));
        JsonObject again = server().guest().join(room);
        assertEquals(epoch, again.getString("epoch"));
        assertEquals(1, Json.number(again, "head"));
    }

    @Test
    @Covers("room-name")
    default void namesThatDifferByFormOrCaseAreOneRoom() {
        SuperchatClient client = server().guest();
        String suffix = Fresh.room();
        String room = client.ok("open", "room", "\uFF34\uFF25\uFF33\uFF34" + suffix.toUpperCase(Locale.ROOT))
                .getString("room");
        assertEquals("test" + suffix, room);
        client.post("Test" + suffix, "said");
        assertEquals(1, Json.number(client.join("TEST" + suffix), "head"));
        assertEquals(
                client.ok("open", "room", "stra\u00DFe" + suffix).getString("room"),
                client.ok("open", "room", "STRASSE" + suffix).getString("room"));
        assertEquals(
                client.ok("open", "room", "\u00E9" + suffix).getString("room"),
                client.ok("open", "room", "E\u0301" + suffix).getString("room"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u6F22\u5B57", "7", "a.b_c-d", "\u0436\u0443\u043A", "\u0661", "x----", "a..b"})
    @Covers("room-name")
    default void aNameOfLettersDigitsAndMarksIsTaken(String name) {
        SuperchatClient client = server().guest();
        assertEquals(name, client.ok("open", "room", name).getString("room"));
        client.ok("join", "room", name, "last", 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                ".a",
                "_a",
                "a/b",
                "/",
                "a b",
                "a\nb",
                "a\u0000",
                "\uD83D\uDE00",
                "#general",
                "a:b",
                "a@b",
                "<b>",
                "..",
                "a%2fb",
                "a\u202Eb",
                "a\u200Db"
            })
    @Covers("room-name")
    default void anyOtherNameIsRefused(String name) {
        SuperchatClient client = server().guest();
        for (String command : List.of("open", "join", "who", "leave")) {
            assertEquals("bad_request room", client.refusal(command, "room", name), command);
        }
        assertEquals("bad_request room", client.refusal("post", "room", name, "text", "hi"));
        assertEquals("bad_request room", client.refusal("history", "room", name, "after", 0));
    }

    @Test
    @Covers({"id-length", "room-name"})
    default void aNameHasSixtyFourCharactersAtMost() {
        SuperchatClient client = server().guest();
        String longest = (Fresh.room() + "x".repeat(64)).substring(0, 64);
        client.ok("open", "room", longest);
        assertEquals("bad_request room", client.refusal("open", "room", longest + "x"));
        assertEquals("bad_request room", client.refusal("open", "room", "x".repeat(100_000)));
    }

    @Test
    @Covers("do-rooms")
    default void roomsAreListedByPagesEachOnce() {
        SuperchatClient client = server().guest();
        Set<String> opened = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            opened.add(client.opened());
        }
        List<String> listed = new ArrayList<>();
        JsonObject page = client.ok("rooms", "limit", 5);
        while (true) {
            listed.addAll(Json.strings(page, "rooms", "room"));
            assertTrue(page.getJsonArray("rooms").size() <= 5);
            if (!page.getBoolean("more")) {
                break;
            }
            page = client.ok("rooms", "limit", 5, "after", listed.get(listed.size() - 1));
        }
        assertTrue(listed.containsAll(opened));
        assertTrue(listed.contains("lobby"));
        assertEquals(listed.size(), Set.copyOf(listed).size(), "a room was listed twice");
    }

    @Test
    @Covers("do-rooms")
    default void aListedRoomTellsItsStand() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        String at = client.ok("post", "room", room, "text", "said").getString("at");
        client.join(room);
        JsonObject listed =
                Json.objects(client.ok("rooms", "mine", true), "rooms").get(0);
        assertEquals(room, listed.getString("room"));
        assertEquals("public", listed.getString("kind"));
        assertEquals("", listed.getString("topic"));
        assertEquals(1, Json.number(listed, "head"));
        assertEquals(at, listed.getString("at"));
    }

    @Test
    @Covers("do-rooms")
    default void onesOwnRoomsAreThoseOneHasJoined() {
        SuperchatClient client = server().guest();
        assertEquals(List.of(), Json.strings(client.ok("rooms", "mine", true), "rooms", "room"));
        String one = client.opened();
        String two = client.opened();
        client.opened();
        client.join(one);
        client.join(two);
        assertEquals(Set.of(one, two), Set.copyOf(Json.strings(client.ok("rooms", "mine", true), "rooms", "room")));
        client.ok("leave", "room", one);
        assertEquals(List.of(two), Json.strings(client.ok("rooms", "mine", true), "rooms", "room"));
    }

    @Test
    @Covers("do-rooms")
    default void aListHasBounds() {
        SuperchatClient client = server().guest();
        assertEquals("bad_request limit", client.refusal("rooms", "limit", 0));
        assertEquals("bad_request limit", client.refusal("rooms", "limit", 201));
        assertEquals("bad_request mine", client.refusal("rooms", "mine", "yes"));
        assertTrue(client.refusal("rooms", "after", "a/b").startsWith("bad_request"));
        client.ok("rooms", "limit", 200);
    }

    @Test
    @Covers("do-probe")
    default void aProbeNamesTheRoomsThatHaveMoved() {
        SuperchatClient client = server().guest();
        String moved = client.opened();
        String still = client.opened();
        client.postMany(moved, 4);
        client.postMany(still, 2);
        String epoch = client.join(moved).getString("epoch");
        String stillEpoch = client.join(still).getString("epoch");
        JsonObject rooms = Json.object(
                moved,
                Json.object("epoch", epoch, "seq", 3),
                still,
                Json.object("epoch", stillEpoch, "seq", 2),
                Fresh.room(),
                Json.object("epoch", epoch, "seq", 0));
        JsonObject ok = client.ok("probe", "rooms", rooms);
        assertEquals(Json.object(moved, 4), ok.getJsonObject("behind"));
        JsonObject another = Json.object(still, Json.object("epoch", "another", "seq", 2));
        assertEquals(Json.object(still, 2), client.ok("probe", "rooms", another).getJsonObject("behind"));
        assertEquals(Json.object(), client.ok("probe", "rooms", Json.object()).getJsonObject("behind"));
    }

    @Test
    @Covers("do-probe")
    default void aProbeTakesPositions() {
        SuperchatClient client = server().guest();
        assertEquals("bad_request rooms", client.refusal("probe"));
        assertEquals("bad_request rooms", client.refusal("probe", "rooms", "lobby"));
        assertEquals("bad_request rooms", client.refusal("probe", "rooms", Json.object("lobby", 3)));
        assertEquals(
                "bad_request epoch", client.refusal("probe", "rooms", Json.object("lobby", Json.object("seq", 1))));
        assertEquals(
                "bad_request seq",
                client.refusal("probe", "rooms", Json.object("lobby", Json.object("epoch", "e", "seq", -1))));
        assertFalse(client.ok("ping").containsKey("behind"));
    }
}
