package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who somebody is, what they are called and where they are (docs/protocol.md §1, §4). */
public interface PresenceConformance extends Conformance {

    @Test
    @Covers("hello-token-once")
    default void aGuestIsTheSameAgainByTheirToken() {
        String name = Fresh.name();
        SuperchatClient first = server().superchat();
        JsonObject hello = first.ok("hello", "name", name);
        String token = hello.getString("token");
        first.post("lobby", "names are stored at the first post");
        SuperchatClient meanwhile = server().superchat();
        JsonObject again = meanwhile.ok("hello", "token", token);
        assertEquals(hello.getJsonObject("you"), again.getJsonObject("you"));
        assertFalse(again.containsKey("token"), "a token is given once");
        first.close();
        meanwhile.close();
        assertEquals(
                hello.getJsonObject("you"),
                server().superchat().ok("hello", "token", token).getJsonObject("you"));
    }

    @Test
    default void twoGuestsAreTwo() {
        JsonObject one = server().superchat().ok("hello");
        JsonObject two = server().superchat().ok("hello");
        assertNotEquals(one.getString("token"), two.getString("token"));
        assertNotEquals(
                one.getJsonObject("you").getString("id"),
                two.getJsonObject("you").getString("id"));
        assertNotEquals(
                one.getJsonObject("you").getString("name"),
                two.getJsonObject("you").getString("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "", "pg_", "../../etc/passwd"})
    @Covers("close-3000")
    default void aTokenThatWasNotMadeHereIsRefused(String token) {
        SuperchatClient client = server().superchat();
        assertEquals("not_authenticated", client.error("hello", "token", token).getString("code"));
        assertEquals(3000, client.closeCode());
    }

    @Test
    default void aTokenThatWasTamperedWithIsRefused() {
        String token = server().superchat().ok("hello").getString("token");
        char changed = token.charAt(10) == 'A' ? 'B' : 'A';
        String tampered = token.substring(0, 10) + changed + token.substring(11);
        assertEquals(
                "not_authenticated",
                server().superchat().error("hello", "token", tampered).getString("code"));
    }

    @Test
    @Covers("do-name")
    default void aNameIsTakenInItsNormalForm() {
        SuperchatClient client = server().guest();
        String name = Fresh.name();
        JsonObject you =
                client.ok("name", "name", "  \uFF21nn \t " + name + " ").getJsonObject("you");
        assertEquals("Ann " + name, you.getString("name"));
        assertTrue(you.getBoolean("guest"));
        String room = client.opened();
        client.join(room);
        client.post(room, "hi");
        JsonObject from = client.messages(room, 1).get(0).json().getJsonObject("from");
        assertEquals("Ann " + name, from.getString("name"));
    }

    @Test
    @Covers("do-name")
    default void aNameThatSomebodyHasIsTakenWhateverItsCase() {
        String name = Fresh.name();
        SuperchatClient owner = server().guest(name);
        SuperchatClient other = server().guest();
        assertEquals("name_taken", other.refusal("name", "name", name));
        assertEquals("name_taken", other.refusal("name", "name", name.toLowerCase(java.util.Locale.ROOT)));
        assertEquals("name_taken", other.refusal("name", "name", "\uFF2E" + name.substring(1)));
        owner.ok("name", "name", name);
        owner.ok("name", "name", name.toLowerCase(java.util.Locale.ROOT));
        owner.ok("name", "name", Fresh.name());
        assertEquals(name, other.ok("name", "name", name).getJsonObject("you").getString("name"));
    }

    @Test
    @Covers("name-held")
    default void aNameIsHeldForWhoHasPostedAndGone() {
        String name = Fresh.name();
        SuperchatClient owner = server().guest(name);
        owner.post("lobby", "hi");
        owner.wire().send(ClientFrame.close(1000));
        assertEquals(1000, owner.closeCode());
        SuperchatClient other = server().superchat();
        assertNotEquals(
                name, other.ok("hello", "name", name).getJsonObject("you").getString("name"));
        assertEquals("name_taken", other.refusal("name", "name", name));
    }

    @Test
    default void aNameThatLooksLikeAnothersIsTakenAndAFreeOneIsSuggested() {
        String name = Fresh.name() + "coc";
        SuperchatClient owner = server().guest(name);
        SuperchatClient other = server().guest();
        String imitation = name.substring(0, name.length() - 2) + "0c";
        JsonObject taken = other.error("name", "name", imitation);
        assertEquals("name_taken", taken.getString("code"));
        assertTrue(taken.getString("message").contains('"' + imitation + "-2\" is free"), taken::toString);
        other.ok("name", "name", imitation + "-2");
        owner.post("lobby", "names are stored at the first post");
        owner.close();
        assertEquals("name_taken", other.refusal("name", "name", imitation));
        assertEquals(
                "bad_request name", other.refusal("name", "name", "\u0430" + Fresh.name()), "Cyrillic before Latin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a:b", "*", "!", "<b>", "a\u0000b", "a\u202Eb", "\uD83D\uDE00", "-a", "a/b", "a\u200Bb"
            })
    default void aNameThatCouldDeceiveIsRefused(String name) {
        SuperchatClient client = server().guest();
        assertEquals("bad_request name", client.refusal("name", "name", name));
    }

    @Test
    default void aNameHasThirtyTwoCharactersAtMost() {
        SuperchatClient client = server().guest();
        String longest = (Fresh.name() + "x".repeat(32)).substring(0, 32);
        client.ok("name", "name", longest);
        assertEquals("too_long name", client.refusal("name", "name", longest + "x"));
        assertEquals("too_long name", client.refusal("name", "name", "x".repeat(10_000)));
        assertEquals("bad_request name", client.refusal("name"));
    }

    @Test
    @Covers("do-name")
    default void whoIsRenamedInOnePlaceIsRenamedInAll() {
        SuperchatClient one = server().superchat();
        SuperchatClient two = server().again(one.ok("hello").getString("token"));
        String name = Fresh.name();
        one.ok("name", "name", name);
        String room = two.opened();
        two.join(room);
        two.post(room, "hi");
        assertEquals(
                name, two.messages(room, 1).get(0).json().getJsonObject("from").getString("name"));
    }

    @Test
    @Covers({"do-join", "do-who"})
    default void aReplyToAJoinTellsWhoIsThere() {
        String name = Fresh.name();
        SuperchatClient one = server().guest(name);
        String room = one.opened();
        JsonObject alone = one.join(room);
        assertEquals(List.of(name), Json.strings(alone, "present", "name"));
        assertEquals(1, Json.number(alone, "presentCount"));
        assertTrue(Json.objects(alone, "present").get(0).getBoolean("guest"));
        String second = Fresh.name();
        JsonObject both = server().guest(second).join(room);
        assertEquals(Set.of(name, second), Set.copyOf(Json.strings(both, "present", "name")));
        JsonObject who = server().guest().ok("who", "room", room);
        assertEquals(Set.of(name, second), Set.copyOf(Json.strings(who, "present", "name")));
        assertEquals(2, Json.number(who, "presentCount"));
    }

    @Test
    @Covers("ev-presence")
    default void comingAndGoingIsTold() {
        SuperchatClient stays = server().guest();
        String room = stays.opened();
        stays.join(room);
        String name = Fresh.name();
        SuperchatClient comes = server().guest(name);
        comes.join(room);
        JsonObject came = stays.presence(room);
        assertEquals(List.of(name), Json.strings(came, "joined", "name"));
        assertEquals(List.of(), Json.strings(came, "left", "name"));
        assertEquals(2, Json.number(came, "presentCount"));
        comes.ok("leave", "room", room);
        JsonObject went = stays.presence(room);
        assertEquals(List.of(name), Json.strings(went, "left", "name"));
        assertEquals(1, Json.number(went, "presentCount"));
        comes.join(room);
        assertEquals(List.of(name), Json.strings(stays.presence(room), "joined", "name"));
        comes.close();
        assertEquals(List.of(name), Json.strings(stays.presence(room), "left", "name"));
    }

    @Test
    @Covers("ev-presence")
    default void whoIsThereTwiceIsThereOnce() {
        SuperchatClient stays = server().guest();
        String room = stays.opened();
        stays.join(room);
        SuperchatClient one = server().superchat();
        SuperchatClient two = server().again(one.ok("hello").getString("token"));
        one.join(room);
        assertEquals(2, Json.number(stays.presence(room), "presentCount"));
        assertEquals(2, Json.number(two.join(room), "presentCount"));
        one.close();
        two.post(room, "still here");
        stays.messages(room, 1);
        assertEquals(2, Json.number(stays.ok("who", "room", room), "presentCount"));
        two.ok("leave", "room", room);
        JsonObject went = stays.presence(room);
        assertEquals(1, Json.objects(went, "left").size(), "told once, when the last one went");
        assertEquals(1, Json.number(went, "presentCount"));
    }

    @Test
    default void aNewNameIsToldToTheRoom() {
        SuperchatClient stays = server().guest();
        SuperchatClient other = server().guest();
        String room = stays.opened();
        other.join(room);
        stays.join(room);
        String name = Fresh.name();
        other.ok("name", "name", name);
        assertEquals(List.of(name), Json.strings(stays.presence(room), "joined", "name"));
        assertEquals(2, Json.number(stays.ok("who", "room", room), "presentCount"));
    }

    @Test
    @Covers({"room-public", "signal-none"})
    default void whoIsPresentLeavesNoEntry() {
        SuperchatClient stays = server().guest();
        String room = stays.opened();
        stays.join(room);
        server().guest().join(room);
        assertFalse(stays.presence(room).containsKey("seq"));
        assertEquals(0, Json.number(stays.join(room), "head"));
    }
}
