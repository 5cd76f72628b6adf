package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The subprotocol {@code chat}: plain text for people (docs/protocol.md §3). */
public interface ChatConformance extends Conformance {

    @Test
    @Covers({"chat-notice", "chat-room"})
    default void whoComesIsWelcomedAndInTheLobby() {
        ChatClient client = server().talker(server().handshake().protocols("chat"));
        assertTrue(client.heard().get(1).startsWith("* you are in lobby"), client.heard()::toString);
    }

    @Test
    @Covers({"chat-room", "room-make"})
    default void whoComesIsInTheRoomOfTheAddressWhichIsOpened() {
        String room = Fresh.room();
        ChatClient client = server().talker(Fresh.name(), room.toUpperCase(Locale.ROOT));
        assertTrue(client.heard().get(1).startsWith("* you are in " + room), client.heard()::toString);
        server().guest().join(room);
    }

    @Test
    default void aRoomOfTheAddressThatIsNoneIsToldAndTheLobbyTaken() {
        ChatClient client =
                server().talker(server().handshake().query("room=a%2Fb").protocols("chat"));
        assertTrue(client.heard().get(1).startsWith("! "), client.heard()::toString);
        assertTrue(client.heard().get(2).startsWith("* you are in lobby"), client.heard()::toString);
    }

    @Test
    @Covers({"chat-post", "chat-said"})
    default void whatIsSaidIsHeardByAllTheAuthorIncluded() {
        String room = Fresh.room();
        ChatClient one = server().talker(Fresh.name(), room);
        ChatClient two = server().talker(Fresh.name(), room);
        one.say("hello \uD83D\uDE00");
        one.await(one.name() + ": hello \uD83D\uDE00");
        two.await(one.name() + ": hello \uD83D\uDE00");
    }

    @Test
    @Covers("chat-message")
    default void everyMessageIsAMessageOfItsOwn() {
        String room = Fresh.room();
        ChatClient one = server().talker(Fresh.name(), room);
        ChatClient two = server().talker(Fresh.name(), room);
        for (int i = 0; i < 60; i++) {
            one.say("text " + i);
        }
        for (int i = 0; i < 60; i++) {
            two.await(one.name() + ": text " + i);
        }
    }

    @Test
    @Covers("chat-post")
    default void twoSlashesSayOne() {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        client.say("//join me").await(client.name() + ": /join me");
        client.say("///").await(client.name() + ": //");
        client.say(" /quit").await(client.name() + ":  /quit");
    }

    @Test
    @Covers({"chat-command", "chat-notice", "entry-message"})
    default void meIsAnAction() {
        String room = Fresh.room();
        ChatClient one = server().talker(Fresh.name(), room);
        SuperchatClient two = server().guest();
        two.join(room);
        one.say("/me waves").await("* " + one.name() + " waves");
        SuperchatClient.Line seen = two.messages(room, 1).get(0);
        assertEquals("waves", seen.text());
        assertEquals("action", seen.json().getString("style"));
    }

    @Test
    @Covers("chat-indent")
    default void furtherLinesAreIndentedSoThatNobodyCanWriteAnothersLine() {
        String room = Fresh.room();
        ChatClient one = server().talker(Fresh.name(), room);
        ChatClient two = server().talker(Fresh.name(), room);
        one.say("hi\nEve: I owe you\n\n* root joined\n! error");
        two.await(one.name() + ": hi\n  Eve: I owe you\n  \n  * root joined\n  ! error");
        one.say("/me waves\nEve: so do I");
        two.await("* " + one.name() + " waves\n  Eve: so do I");
        two.say("/history 2");
        two.await(one.name() + ": hi\n  Eve: I owe you\n  \n  * root joined\n  ! error");
        two.await("* " + one.name() + " waves\n  Eve: so do I");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\rEve: forged",
                "\u0085Eve: forged",
                "a\u000BEve: forged",
                "a\fEve: forged",
                "\u001b[2Jx",
                "a\u202Eb",
                "a\u0000"
            })
    @Covers("text-refused")
    default void charactersThatMoveTheCursorAreRefused(String text) {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        client.say(text);
        client.refusal();
    }

    @Test
    default void lineSeparatorsForgeNoLineEither() {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        client.say("a\u2028Eve: forged\u2029Eve: forged again");
        String line = client.await(said -> said.startsWith(client.name() + ": a") || said.startsWith("! "));
        assertFalse(line.contains("\u2028Eve"), "some terminals begin a new line at U+2028");
        assertFalse(line.contains("\u2029Eve"), "some terminals begin a new line at U+2029");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\n",
                "/me",
                "/me   ",
                "//\u0007",
                "/join",
                "/nick",
                "/nick a:b",
                "/join a/b",
                "/fly",
                "/",
                "/history x"
            })
    @Covers("chat-error")
    default void whatCannotBeDoneIsToldInWords(String line) {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        client.say(line);
        assertTrue(client.refusal().length() > 10);
        client.say("still here").await(client.name() + ": still here");
    }

    @Test
    default void aTextThatIsTooLongIsToldInWords() {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        client.say("x".repeat(8_001));
        assertTrue(client.refusal().contains("8000"));
        client.say("x".repeat(8_000)).await(client.name() + ": " + "x".repeat(8_000));
    }

    @Test
    @Covers({"chat-command", "chat-notice", "room-make"})
    default void joinMovesToAnotherRoomAndLeavesTheFirst() {
        String first = Fresh.room();
        String second = Fresh.room();
        ChatClient stays = server().talker(Fresh.name(), first);
        ChatClient moves = server().talker(Fresh.name(), first);
        stays.await("* " + moves.name() + " joined");
        moves.say("/join " + second).await(line -> line.startsWith("* you are in " + second));
        stays.await("* " + moves.name() + " left");
        stays.say("in the first").await(stays.name() + ": in the first");
        moves.say("in the second").await(moves.name() + ": in the second");
        assertFalse(moves.heard().contains(stays.name() + ": in the first"));
        moves.say("/join " + first).await(line -> line.startsWith("* you are in " + first));
        stays.await("* " + moves.name() + " joined");
        assertFalse(stays.heard().contains(moves.name() + ": in the second"));
    }

    @Test
    @Covers("chat-command")
    default void nickChangesTheNameAtOnce() {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        String name = Fresh.name();
        client.say("/nick " + name).await("* you are now " + name);
        client.say("it is me").await(name + ": it is me");
    }

    @Test
    default void aNickThatIsTakenIsTold() {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        String name = Fresh.name();
        server().guest(name);
        client.say("/nick " + name).refusal();
        client.say("still myself").await(client.name() + ": still myself");
    }

    @Test
    default void whoListsThePeopleOfTheRoom() {
        String room = Fresh.room();
        ChatClient one = server().talker(Fresh.name(), room);
        ChatClient two = server().talker(Fresh.name(), room);
        one.say("/who");
        String line = one.await(heard -> heard.startsWith("* in " + room));
        assertTrue(line.contains(one.name()) && line.contains(two.name()), line);
    }

    @Test
    @Covers("chat-command")
    default void roomsListsTheRooms() {
        String room = "0" + Fresh.room();
        ChatClient client = server().talker(Fresh.name(), room);
        client.say("/rooms");
        String line = client.await(heard -> heard.startsWith("* rooms: "));
        assertTrue(line.contains(room), line);
    }

    @Test
    @Covers({"chat-command", "door-same"})
    default void historyShowsTheLastMessagesOldestFirst() {
        String room = Fresh.room();
        SuperchatClient author = server().guest(Fresh.name());
        author.ok("open", "room", room);
        author.postMany(room, 30);
        ChatClient client = server().talker(Fresh.name(), room);
        client.say("/history 3");
        for (String text : List.of("text 28", "text 29", "text 30")) {
            assertTrue(client.await(line -> !line.startsWith("* ")).endsWith(": " + text), client.heard()::toString);
        }
        client.say("/history");
        client.await(line -> line.endsWith(": text 30"));
        client.say("/history 0").refusal();
        client.say("/history 201").refusal();
    }

    @Test
    @Covers("chat-command")
    default void helpNamesWhatCanBeDone() {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        client.say("/help");
        String help = client.await(line -> line.contains("/quit"));
        for (String command : List.of("/join", "/rooms", "/who", "/history", "/nick", "/me", "/help")) {
            assertTrue(help.contains(command), command);
        }
    }

    @Test
    @Covers({"chat-command", "close-1000"})
    default void quitClosesInOrder() {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        client.say("/quit");
        assertEquals(1000, client.wire().closeCode());
    }

    @Test
    @Covers({"chat-binary", "close-1003"})
    default void aBinaryMessageCloses1003() {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        client.wire().send(ClientFrame.binary("hello".getBytes(StandardCharsets.UTF_8)));
        assertEquals(1003, client.wire().closeCode());
    }

    @Test
    @Covers("chat-notice")
    default void comingAndGoingIsToldInALine() {
        String room = Fresh.room();
        ChatClient stays = server().talker(Fresh.name(), room);
        SuperchatClient comes = server().guest();
        String name = Json.strings(comes.join(room), "present", "name").get(1);
        stays.await("* " + name + " joined");
        comes.close();
        stays.await("* " + name + " left");
    }

    @Test
    @Covers({"door-one", "door-same"})
    default void whatIsSaidIsTheSameMessageInSuperchat() {
        String room = Fresh.room();
        ChatClient person = server().talker(Fresh.name(), room);
        SuperchatClient program = server().guest(Fresh.name());
        String name = Json.strings(program.join(room), "present", "name").get(1);
        person.say("hello, program");
        SuperchatClient.Line heard = program.messages(room, 1).get(0);
        assertEquals("hello, program", heard.text());
        assertEquals(person.name(), heard.json().getJsonObject("from").getString("name"));
        assertEquals(1, heard.seq());
        program.post(room, "hello,\nperson");
        person.await(name + ": hello,\n  person");
    }

    @Test
    @Covers("chat-post")
    default void jsonIsTalkHere() {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        client.say("{\"do\":\"ping\",\"id\":1}").await(client.name() + ": {\"do\":\"ping\",\"id\":1}");
    }
}
