package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Time and number run out: on a server with {@link #LIMITS} (docs/protocol.md §2, §4). */
public interface LimitConformance extends Conformance {
    int CONNECTIONS = 8;

    /** What the server is set to, beside its data and port. */
    Map<String, String> LIMITS = Map.of(
            "parley.guests", "true",
            "parley.limits.helloSeconds", "1",
            "parley.limits.pingSeconds", "1",
            "parley.limits.writeTimeoutSeconds", "2",
            "parley.limits.connectionsPerAddress", Integer.toString(CONNECTIONS),
            "parley.limits.postsPerSecond", "100",
            "parley.limits.postsBurst", "200",
            "parley.limits.rooms", "3",
            "parley.limits.presenceList", "2");

    @Test
    @Covers("hs-host")
    default void theHandshakeOfTheNotesIsRefusedWhereNobodyAllowedIt() {
        HttpAnswer answer = server().handshake()
                .host("server.example.com")
                .protocols("chat, superchat")
                .origin("http://example.com")
                .answer();
        assertEquals(403, answer.status());
    }

    @Test
    @Covers({"close-3008", "ev-bye", "hello-silent"})
    default void whoSaysNothingAfterTheHandshakeIsClosedAsSilent() {
        SuperchatClient client = server().superchat();
        JsonObject bye = client.event("bye").json();
        assertEquals(3008, bye.getInt("code"));
        assertTrue(bye.getBoolean("reconnect"));
        assertEquals(3008, client.closeCode());
    }

    @Test
    @Covers("ping-server")
    default void aPersonMayListenAsLongAsTheyAnswerPings() {
        WireClient client = server().wire(server().handshake().protocols("chat"));
        int pings = 0;
        while (pings < 3) {
            Received received = client.receive();
            assertFalse(received instanceof Received.Close || received instanceof Received.End, received::toString);
            pings += received instanceof Received.Ping ? 1 : 0;
        }
    }

    @Test
    @Covers({"close-3008", "ping-server"})
    default void silenceForTwoIntervalsIsClosed() {
        SuperchatClient client = server().guest();
        client.wire().ignorePings();
        long began = System.nanoTime();
        assertEquals(3008, client.closeCode());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(millis >= 1_900 && millis < 6_000, "after " + millis + " ms");
    }

    @Test
    default void aSilentPersonIsToldWhy() {
        ChatClient client = server().talker(Fresh.name(), Fresh.room());
        client.wire().ignorePings();
        client.refusal();
        assertEquals(3008, client.wire().closeCode());
    }

    @Test
    @Covers({"ping-client", "ping-server"})
    default void aPingOfTheClientsCountsAsLife() {
        SuperchatClient client = server().guest();
        client.wire().ignorePings();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
        while (System.nanoTime() < until) {
            // Returns with the server's next ping, once a second.
            client.ok("ping");
            client.read();
        }
        client.ok("ping");
    }

    @Test
    @Covers("slow-close")
    default void aReaderThatStopsReadingIsCutOffAndDelaysNobody() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.join(room);
        SuperchatClient stopped = server().superchat(server().handshake().receiveBuffer(4 * 1024));
        stopped.ok("hello");
        String id = Json.strings(stopped.join(room), "present", "id").get(1);
        String text = "x".repeat(8_000);
        List<String> left = new ArrayList<>();
        long slowest = 0;
        long until = System.nanoTime() + WireClient.PATIENCE.toNanos();
        while (!left.contains(id)) {
            assertTrue(System.nanoTime() < until, "a reader that does not read is still there");
            // It is not silent, it only does not read.
            stopped.wire().sendIfOpen(ClientFrame.pong(new byte[0]));
            long began = System.nanoTime();
            JsonObject reply = author.reply(author.send("post", "room", room, "text", text));
            if (reply.containsKey("ok")) {
                author.messages(room, 1);
                slowest = Math.max(slowest, System.nanoTime() - began);
            }
            author.untaken().stream()
                    .filter(line -> line.type().equals("presence"))
                    .forEach(line -> left.addAll(Json.strings(line.json(), "left", "id")));
        }
        assertTrue(slowest < TimeUnit.MILLISECONDS.toNanos(1_800), "a post took " + slowest + " ns to come back");
        Received end = stopped.wire().receiveEnd();
        assertTrue(
                end instanceof Received.End || (end instanceof Received.Close close && close.code() == 4001),
                end::toString);
    }

    @Test
    @Covers("slow-lag")
    default void whoReadsSlowlyIsNotSilent() {
        SuperchatClient opener = server().guest();
        String room = opener.opened();
        String epoch = opener.join(room).getString("epoch");
        opener.close();
        int posts = 0;
        for (int author = 0; author < 8; author++) {
            try (SuperchatClient guest = server().guest()) {
                posts += postLongTexts(guest, room);
            }
        }
        // The ping lies behind megabytes in the buffers of both kernels, so that its answer takes several intervals.
        SuperchatClient slow = server().superchat(server().handshake().receiveBuffer(8 * 1024));
        slow.ok("hello");
        slow.ok("join", "room", room, "after", 0, "epoch", epoch);
        SuperchatClient clock = server().guest();
        long next = System.nanoTime();
        // Only a part, so that there is more to come than both kernels may hold: the server must have something to see.
        int slowly = posts / 4;
        for (int read = 0; read < slowly; read += 8) {
            slow.messages(room, 8);
            next += TimeUnit.MILLISECONDS.toNanos(100);
            while (System.nanoTime() < next) {
                clock.ok("ping");
            }
        }
        slow.messages(room, posts - slowly);
        slow.ok("ping");
    }

    @Test
    @Covers({"close-1013", "ev-bye"})
    default void oneConnectionTooManyIsClosedAsOverloaded() {
        List<WireClient> wires = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            wires.add(server().wire(server().handshake().protocols("chat")));
            assertTrue(wires.get(i).receive() instanceof Received.Text);
        }
        assertEquals(1013, server().wire(server().handshake().protocols("chat")).closeCode());
        SuperchatClient refused = server().superchat();
        JsonObject bye = refused.event("bye").json();
        assertEquals(1013, bye.getInt("code"));
        assertTrue(bye.getBoolean("reconnect") && bye.getInt("retryAfter") > 0, bye::toString);
        assertEquals(1013, refused.closeCode());
        wires.get(0).send(ClientFrame.close(1000));
        assertEquals(1000, wires.get(0).closeCode());
        awaitPlace();
    }

    @Test
    @Covers("error-form")
    default void postsAboveTheRateAreRefusedUntilTheTimeTold() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        JsonObject refused = firstRefusal(client, room);
        assertEquals("rate_limited", refused.getString("code"));
        long retryAfter = Json.number(refused, "retryAfter");
        assertTrue(retryAfter >= 1 && retryAfter <= 1_000, "retry after " + retryAfter + " ms");
        client.ok("ping");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (client.reply(client.send("post", "room", room, "text", "y")).containsKey("error")) {
            assertTrue(System.nanoTime() < until, "still refused");
        }
        assertFalse(server().guest().ok("post", "room", room, "text", "z").getBoolean("duplicate"), "others are free");
    }

    @Test
    @Covers("hello-limits")
    default void oneConnectionFollowsSoManyRoomsAndNoMore() {
        SuperchatClient client = server().guest();
        List<String> rooms = List.of(client.opened(), client.opened(), client.opened(), client.opened());
        rooms.subList(0, 3).forEach(client::join);
        assertEquals("too_many", client.refusal("join", "room", rooms.get(3)));
        client.join(rooms.get(0));
        client.ok("leave", "room", rooms.get(0));
        client.join(rooms.get(3));
    }

    @Test
    @Covers("ev-presence")
    default void aLongListOfPeopleIsLeftOut() {
        SuperchatClient stays = server().guest();
        String room = stays.opened();
        stays.join(room);
        server().guest().join(room);
        assertEquals(1, Json.objects(stays.presence(room), "joined").size());
        SuperchatClient third = server().guest();
        JsonObject joined = third.join(room);
        assertEquals(3, Json.number(joined, "presentCount"));
        assertTrue(
                !joined.containsKey("present") || joined.getJsonArray("present").isEmpty());
        assertEquals(3, Json.number(stays.presence(room), "presentCount"));
    }

    @Test
    @Covers({"ev-presence", "signal-presence"})
    default void manyChangesAtOnceBecomeAReset() {
        SuperchatClient stays = server().guest();
        String room = stays.opened();
        stays.join(room);
        SuperchatClient moves = server().guest();
        long until = System.nanoTime() + WireClient.PATIENCE.toNanos();
        List<SuperchatClient> crowd = List.of(moves, server().guest(), server().guest(), server().guest());
        Optional<JsonObject> reset = Optional.empty();
        while (reset.isEmpty()) {
            assertTrue(System.nanoTime() < until, "no reset came");
            crowd.forEach(one -> one.send("join", "room", room, "last", 0));
            // Nothing need be told of who comes and goes between two announcements: so nothing is waited for but this.
            stays.ok("ping");
            crowd.forEach(one -> one.send("leave", "room", room));
            reset = stays.untaken().stream()
                    .filter(line -> line.type().equals("presence"))
                    .map(SuperchatClient.Line::json)
                    .filter(presence -> presence.getBoolean("reset", false))
                    .findFirst();
        }
        JsonObject seen = reset.get();
        assertFalse(seen.containsKey("joined"));
        assertFalse(seen.containsKey("left"));
        assertTrue(Json.number(seen, "presentCount") >= 1);
    }

    /** As many as one user may post at once, ten to a message. */
    static int postLongTexts(SuperchatClient author, String room) {
        String text = "x".repeat(8_000);
        for (int first = 1_000; first < 1_200; first += 10) {
            String[] lines = new String[10];
            for (int i = 0; i < lines.length; i++) {
                lines[i] = SuperchatClient.line(first + i, "post", "room", room, "text", text);
            }
            author.lines(lines);
            for (int i = 0; i < lines.length; i++) {
                author.ok(first + i);
            }
        }
        return 200;
    }

    private static JsonObject firstRefusal(SuperchatClient client, String room) {
        for (int post = 0; post < 2_000; post++) {
            JsonObject reply = client.reply(client.send("post", "room", room, "text", "x"));
            if (reply.containsKey("error")) {
                return reply.getJsonObject("error");
            }
        }
        throw new AssertionError("nothing was refused");
    }

    /** The server learns of an end a moment after its client. */
    private void awaitPlace() {
        long until = System.nanoTime() + WireClient.PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            Received first =
                    server().wire(server().handshake().protocols("chat")).receive();
            if (first instanceof Received.Text text && text.text().startsWith("* welcome")) {
                return;
            }
        }
        throw new AssertionError("a place that was given back cannot be taken");
    }
}
