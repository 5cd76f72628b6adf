package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines, ids, {@code hello} and what is no command (docs/protocol.md §4). */
public interface CommandConformance extends Conformance {

    @Test
    @Covers({"do-hello", "hello-interval", "hello-limits", "id-length"})
    default void helloTellsWhoOneIsAndWhatTheLimitsAre() {
        JsonObject ok = server().superchat()
                .ok(
                        "hello",
                        "client",
                        "conformance/1",
                        "lag",
                        100,
                        "features",
                        jakarta.json.JsonValue.EMPTY_JSON_ARRAY);
        JsonObject you = ok.getJsonObject("you");
        assertTrue(you.getString("id").length() <= 64);
        assertTrue(!you.getString("name").isBlank());
        assertTrue(you.getBoolean("guest"));
        assertTrue(!ok.getString("token").isBlank());
        JsonObject info = ok.getJsonObject("server");
        List.of("name", "version", "node")
                .forEach(field -> assertTrue(!info.getString(field).isBlank(), field));
        assertTrue(ok.containsKey("features"));
        assertEquals(25_000, Json.number(ok, "pingInterval"));
        JsonObject limits = ok.getJsonObject("limits");
        assertEquals(8_000, Json.number(limits, "textLength"));
        assertEquals(FrameConformance.FRAME_BYTES, Json.number(limits, "frameBytes"));
        assertEquals(64, Json.number(limits, "pending"));
        assertEquals(200, Json.number(limits, "page"));
        List.of("rooms", "presenceList", "receipts", "postsPerSecond")
                .forEach(name -> assertTrue(Json.number(limits, name) > 0, name));
    }

    @Test
    @Covers("hello-first")
    default void aSecondHelloIsABadRequest() {
        SuperchatClient client = server().guest();
        assertEquals("bad_request", client.error("hello").getString("code"));
        client.ok("ping");
    }

    @Test
    @Covers("hello-first")
    default void aCommandBeforeHelloIsAnsweredAsIfAnEmptyHelloHadComeFirst() {
        SuperchatClient client = server().superchat();
        String room = Fresh.room();
        client.ok("open", "room", room);
        assertEquals(1, client.post(room, "posted without a hello"));
        assertEquals("bad_request", client.error("hello").getString("code"));
    }

    @Test
    @Covers("now-unknown")
    default void whatThisVersionDoesNotSpeakIsNoCommandAndNoDoor() {
        SuperchatClient client = server().guest();
        for (String command : List.of("search", "refresh", "attach")) {
            assertEquals("unknown_command", client.refusal(command, "room", "lobby", "query", "x", "token", "x"));
        }
        for (String door : List.of("socket.io/", "api/search")) {
            assertEquals(
                    404, server().handshake().to(server().path(door)).answer().status(), door);
        }
    }

    @Test
    @Covers("hello-name")
    default void aNameThatCannotBeHadIsNoErrorAndAnotherMayBeChosen() {
        String taken = Fresh.name();
        server().guest(taken);
        for (String wish : List.of(taken, "a:b", "", "x".repeat(33), "<b>")) {
            SuperchatClient client = server().superchat();
            String given = client.ok("hello", "name", wish).getJsonObject("you").getString("name");
            assertTrue(!given.isBlank() && !given.equals(wish), given);
            String chosen = Fresh.name();
            assertEquals(
                    chosen,
                    client.ok("name", "name", chosen).getJsonObject("you").getString("name"));
        }
    }

    @Test
    @Covers("hello-name-kept")
    default void whoIsKnownByATokenKeepsTheirName() {
        SuperchatClient first = server().superchat();
        JsonObject hello = first.ok("hello", "name", Fresh.name());
        JsonObject again = server().superchat().ok("hello", "token", hello.getString("token"), "name", Fresh.name());
        assertEquals(hello.getJsonObject("you"), again.getJsonObject("you"));
    }

    @Test
    default void aHelloThatFailsIsNoHello() {
        SuperchatClient client = server().superchat();
        assertEquals("bad_request frames", client.refusal("hello", "frames", "pigeon"));
        assertEquals("bad_request name", client.refusal("hello", "name", 7));
        client.ok("hello");
    }

    @Test
    @Covers({"close-3000", "ev-bye"})
    default void aWrongTokenIsNotAuthenticatedAndClosed3000() {
        SuperchatClient client = server().superchat();
        assertEquals(
                "not_authenticated", client.error("hello", "token", "wrong").getString("code"));
        assertEquals("bye", client.event("bye").type());
        assertEquals(3000, client.closeCode());
    }

    @Test
    @Covers({"close-3000", "ev-bye"})
    default void byeSaysWhatTheCloseFrameSays() {
        SuperchatClient client = server().superchat();
        client.send("hello", "token", "wrong");
        JsonObject bye = client.event("bye").json();
        assertEquals(3000, bye.getInt("code"));
        assertTrue(!bye.getBoolean("reconnect"));
        Received end = client.wire().receiveEnd();
        assertEquals(new Received.Close(3000, bye.getString("reason")), end);
    }

    @Test
    @Covers({"cmd-id", "do-ping", "reply-form"})
    default void everyCommandIsAnsweredUnderItsOwnId() {
        SuperchatClient client = server().superchat();
        client.lines(
                SuperchatClient.line(0, "hello"),
                SuperchatClient.line((1L << 53) - 1, "ping"),
                SuperchatClient.line(12, "who", "room", "lobby"));
        assertEquals(0, client.ok((1L << 53) - 1).size());
        client.ok(12);
        client.ok(0);
    }

    @Test
    @Covers("cmd-id")
    default void withoutAnIdThereIsNoReplyUnlessItFails() {
        SuperchatClient client = server().superchat();
        String room = Fresh.room();
        client.lines(
                "{\"do\":\"hello\"}",
                "{\"do\":\"open\",\"room\":\"" + room + "\"}",
                "{\"do\":\"join\",\"room\":\"" + room + "\",\"last\":0}",
                "{\"do\":\"post\",\"room\":\"" + room + "\",\"text\":\"said without asking\"}",
                "{\"do\":\"join\",\"room\":\"" + Fresh.room() + "\"}");
        assertEquals("no_such_room", client.unasked().getString("code"));
        assertEquals("said without asking", client.messages(room, 1).get(0).text());
        client.ok("ping");
        List<SuperchatClient.Line> others = client.log().stream()
                .filter(line -> line.type().isEmpty() && !line.raw().contains("no_such_room"))
                .toList();
        assertEquals(1, others.size(), () -> "only the ping wanted a reply: " + others);
    }

    @Test
    @Covers({"sc-apart", "sc-lines"})
    default void aBrokenLineHarmsNoOtherLineOfItsMessage() {
        SuperchatClient client = server().guest();
        client.lines(
                SuperchatClient.line(101, "ping"),
                "{\"do\":\"ping\",\"id\":",
                "",
                "   ",
                SuperchatClient.line(102, "ping"),
                "hello?",
                SuperchatClient.line(103, "ping"));
        client.ok(103);
        client.ok(102);
        client.ok(101);
        assertEquals("bad_request", client.unasked().getString("code"));
        assertEquals("bad_request", client.unasked().getString("code"));
        client.ok("ping");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "[]",
                "[{\"do\":\"ping\",\"id\":9}]",
                "1",
                "null",
                "\"ping\"",
                "ping",
                "{\"do\":\"ping\",\"id\":9}}",
                "{\"do\":\"ping\",\"id\":9}{\"do\":\"ping\",\"id\":8}",
                "{\"do\":\"ping\" \"id\":9}",
                "{'do':'ping','id':9}",
                "{\"do\":\"ping\",\"id\":9,}",
                "{\"do\":\"ping\",\"id\":09}",
                "{\"do\":\"ping\",\"id\":9,\"x\":\"\t\"}",
                "{\"do\":\"ping\",\"id\":9,\"x\":tru}",
                "\uFEFF{\"do\":\"ping\",\"id\":9}"
            })
    @Covers("sc-apart")
    default void whatIsNotOneJsonObjectIsABadRequest(String line) {
        SuperchatClient client = server().guest();
        client.lines(line);
        assertEquals("bad_request", client.unasked().getString("code"));
        client.ok("ping");
    }

    @Test
    default void aCarriageReturnIsWhiteSpaceAndEndsNoLine() {
        SuperchatClient client = server().guest();
        client.wire().text("{\"do\":\r\"ping\",\r\"id\":101}\r\n{\"do\":\"ping\",\"id\":102}\r\n");
        client.ok(101);
        client.ok(102);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "9007199254740992", "1.5", "\"1\"", "1e3000000000", "1e999999999", "true", "[]", "{}"})
    default void anIdOutOfRangeIsRefusedWithoutRe(String id) {
        SuperchatClient client = server().guest();
        client.lines("{\"do\":\"ping\",\"id\":" + id + "}");
        assertEquals("bad_request", client.unasked().getString("code"));
        client.ok("ping");
    }

    @Test
    @Covers("sc-unknown")
    default void anUnknownCommandHarmsNothing() {
        SuperchatClient client = server().guest();
        assertEquals("unknown_command", client.refusal("fly"));
        assertEquals("unknown_command", client.refusal("PING"));
        assertEquals("unknown_command", client.refusalOf("{\"do\":\"__proto__\"}"));
        client.ok("ping");
    }

    @Test
    @Covers("error-form")
    default void aLineThatNamesNoCommandIsABadRequest() {
        SuperchatClient client = server().guest();
        client.lines("{\"id\":90}", "{\"id\":91,\"do\":7}", "{\"id\":92,\"do\":null}");
        for (int id = 90; id <= 92; id++) {
            assertEquals("do", client.error(id).getString("field"));
        }
    }

    @Test
    @Covers("sc-unknown")
    default void unknownFieldsAreIgnored() {
        SuperchatClient client = server().guest();
        client.ok("ping", "do2", "x", "ids", Json.object("a", Json.object("b", 1)), "from", "me");
        String room = client.opened();
        client.ok("post", "room", room, "text", "hi", "seq", 9, "at", "now", "from", Json.object("id", "admin"));
        assertEquals(1, Json.number(client.join(room), "head"));
    }

    @Test
    default void nestingIsBounded() {
        SuperchatClient client = server().guest();
        client.lines("{\"do\":\"ping\",\"id\":90,\"x\":" + "[".repeat(31) + "]".repeat(31) + "}");
        client.ok(90);
        client.lines("{\"do\":\"ping\",\"id\":90,\"x\":" + "[".repeat(32) + "]".repeat(32) + "}");
        assertEquals("bad_request", client.unasked().getString("code"));
        client.lines("{\"do\":\"ping\",\"x\":" + "{\"a\":".repeat(20_000));
        assertEquals("bad_request", client.unasked().getString("code"));
        client.ok("ping");
    }

    @Test
    @Covers("sc-frames")
    default void framesAreBinaryForWhoAsksForThat() {
        SuperchatClient client = server().superchat();
        client.ok("hello", "frames", "binary");
        String room = client.opened();
        assertTrue(client.lastWasBinary());
        client.join(room);
        assertTrue(client.lastWasBinary());
        SuperchatClient other = server().guest();
        other.post(room, "caf\u00E9 \uD83D\uDE00");
        assertEquals("caf\u00E9 \uD83D\uDE00", client.messages(room, 1).get(0).text());
        assertTrue(client.lastWasBinary());
        client.lines("nonsense");
        client.unasked();
        assertTrue(client.lastWasBinary());
    }

    @Test
    default void aBinaryMessageIsNoCommandHere() {
        SuperchatClient client = server().guest();
        client.wire()
                .send(ClientFrame.binary(
                        SuperchatClient.line(90, "ping").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        client.unasked();
        client.ok("ping");
    }

    @Test
    @Covers("cmd-pending")
    default void moreThanPendingUnansweredCommandsAreTooManyAndEachIsAnswered() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        int tooMany = 0;
        // How many the server has answered by the time it sees the last one is its own affair.
        for (int attempt = 0; attempt < 20 && tooMany == 0; attempt++) {
            client.lines(marks(room, client.post(room, "to be read"), 64, 20));
            for (int id = 1_000; id < 1_084; id++) {
                JsonObject reply = client.reply(id);
                if (reply.containsKey("error")) {
                    assertEquals("too_many", reply.getJsonObject("error").getString("code"));
                    tooMany++;
                }
            }
        }
        assertTrue(tooMany > 0, "every command was taken, though more than 64 waited");
        client.ok("ping");
    }

    @Test
    @Covers({"close-4002", "ev-bye"})
    default void whoGoesOnRegardlessIsClosedForFlooding() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.lines(marks(room, client.post(room, "to be read"), 64, 900));
        JsonObject bye = client.event("bye").json();
        assertEquals(4002, bye.getInt("code"));
        assertTrue(bye.getBoolean("reconnect"));
        assertEquals(30_000, bye.getInt("retryAfter"));
        assertEquals(4002, client.closeCode());
    }

    /** Commands that wait for the store, and others behind them, as lines of one message; ids from 1,000 on. */
    private static String[] marks(String room, long seq, int marks, int pings) {
        String[] lines = new String[marks + pings];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = i < marks
                    ? SuperchatClient.line(1_000 + i, "read", "room", room, "seq", seq)
                    : SuperchatClient.line(1_000 + i, "ping");
        }
        return lines;
    }
}
