package io.parley.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.ParleyProcess;
import io.parley.ParleyProcess.Ended;
import io.parley.conformance.Covers;
import io.parley.crash.Client;
import io.parley.faults.Health;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code java -jar parley.war}, as an operator gives them, to a server that runs. */
class CommandsIT {
    private static final int NOT_DONE = 1;
    private static final int NOT_RUNNING = 3;
    private static final int FORBIDDEN = 3003;

    @TempDir
    Path folder;

    private Path data;
    private Path backup;
    private ParleyProcess server;

    @BeforeEach
    void start() throws IOException {
        data = folder.resolve("data");
        backup = folder.resolve("parley.backup");
        server = new ParleyProcess(data);
        server.start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aBackupIsRestoredAndPositionsFromBeforeAreRefused() throws Exception {
        JsonObject before;
        try (Client talker = Client.connect(server.chat())) {
            talker.ok("join", Map.of("room", "lobby"));
            post(talker, "kept");
            assertEquals(0, server.run("backup", backup.toString()).code());
            post(talker, "written after the backup");
            before = page(server);
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)));
        server.stop();

        Ended restored = server.run("restore", backup.toString());

        assertEquals(0, restored.code(), restored::toString);
        assertTrue(restored.out().get(0).endsWith(": 1 rooms, 1 messages"), restored::toString);
        server.start();
        try (Client reader = Client.connect(server.chat())) {
            JsonObject page = reader.ok(
                    "join",
                    Map.of("room", "lobby", "after", before.getInt("head"), "epoch", before.getString("epoch")));
            assertFalse(page.getBoolean("complete"), "a position in what was undone was taken");
            assertNotEquals(before.getString("epoch"), page.getString("epoch"));
            assertEquals(List.of("kept"), texts(page));
            assertEquals(2, post(reader, "and on it goes"));
        }
        assertTheOldDatabaseIsWhole();
    }

    @Test
    void aBenchTriesTheServerAndSaysWhatItSaw() throws Exception {
        Ended ended = server.run("bench", server.url(), "--readers", "5", "--rate", "20", "--seconds", "1");
        assertEquals(0, ended.code(), ended::toString);
        List<String> out = ended.out();
        assertTrue(out.get(0).startsWith("Parley "), ended::toString);
        assertEquals("posts         20, of which 20 were acknowledged", out.get(1), ended::toString);
        assertTrue(out.get(2).startsWith("deliveries    100 of 100, "), ended::toString);
        assertEquals(List.of("gaps          0", "doubles       0"), out.subList(5, 7), ended::toString);
        try (Client reader = Client.connect(server.chat())) {
            assertEquals(20, reader.ok("join", Map.of("room", "parley-bench")).getInt("head"));
        }
    }

    @Test
    void aBenchOfWhatIsNoParleySaysWhy() throws Exception {
        Ended elsewhere = server.run("bench", server.url() + "health/live");
        assertEquals(NOT_DONE, elsewhere.code(), elsewhere::toString);
        assertTrue(elsewhere.err().get(0).contains(" answers with "), elsewhere::toString);
        assertTrue(elsewhere.err().get(0).endsWith("does the proxy pass Upgrade on?"), elsewhere::toString);
        server.stop();
        Ended nobody = server.run("bench", server.url());
        assertEquals(NOT_DONE, nobody.code(), nobody::toString);
        assertTrue(nobody.err().get(0).contains("nobody takes connections at ws://localhost:"), nobody::toString);
        Ended none = server.run("bench", "https://no-such-host.invalid/");
        assertEquals(
                "parley: bench: there is no host no-such-host.invalid",
                none.err().get(0),
                none::toString);
    }

    @Test
    void aBackupMadeUnderLoadHoldsWhatWasAcknowledgedBeforeIt() throws Exception {
        try (Client talker = Client.connect(server.chat())) {
            talker.ok("join", Map.of("room", "lobby"));
            long acknowledged = post(talker, "0");
            Thread load = new Thread(() -> Stream.iterate(1, i -> i + 1)
                    .takeWhile(i -> !Thread.currentThread().isInterrupted())
                    .forEach(i -> post(talker, "talk " + i)));
            load.start();
            acknowledged = Math.max(acknowledged, post(talker, "before"));
            Ended ended = server.run("backup", backup.toString());
            load.interrupt();
            load.join();
            assertEquals(0, ended.code(), ended::toString);

            ParleyProcess other = new ParleyProcess(folder.resolve("other"));
            assertEquals(0, other.run("restore", backup.toString()).code());
            try (other) {
                other.start();
                try (Client reader = Client.connect(other.chat())) {
                    JsonObject page = reader.ok("join", Map.of("room", "lobby", "last", 1));
                    assertTrue(page.getInt("head") >= acknowledged, page::toString);
                    assertEquals(page.getInt("head") + 1, post(reader, "next"));
                }
            }
        }
    }

    @Test
    void nothingIsOverwrittenOrRestoredByMistake() throws Exception {
        Files.writeString(backup, "not a backup");
        assertRefused(server.run("backup", backup.toString()), NOT_DONE, "a backup overwrites nothing");
        assertRefused(server.run("backup", folder.resolve("none/b").toString()), NOT_DONE, "is not there");
        assertRefused(server.run("backup", data.resolve("parley.lock").toString()), NOT_DONE, "overwrites nothing");
        assertEquals("not a backup", Files.readString(backup));
        Path good = folder.resolve("good");
        assertEquals(0, server.run("backup", good.toString()).code());
        assertRefused(server.run("restore", good.toString()), NOT_DONE, "is in use by another Parley");
        server.stop();

        byte[] database = Files.readAllBytes(data.resolve("parley.db"));
        assertRefused(server.run("restore", backup.toString()), NOT_DONE, backup.toString());
        assertRefused(server.run("restore", folder.resolve("none").toString()), NOT_DONE, "is not there");
        Files.write(good, new byte[Files.readAllBytes(good).length / 2]);
        assertRefused(server.run("restore", good.toString()), NOT_DONE, good.toString());
        assertArrayEquals(database, Files.readAllBytes(data.resolve("parley.db")));
        assertEquals(List.of("parley.db", "parley.lock"), names(data));
    }

    @Test
    @Covers("entry-own")
    void theOperatorDeletesWhatAnybodyWrote() throws Exception {
        try (Client guest = Client.connect(server.chat())) {
            guest.ok("join", Map.of("room", "lobby"));
            post(guest, "something nobody should read");
            JsonObject refused = guest.ask("name", Map.of("name", "0perator")).get();
            assertEquals("name_taken", refused.getJsonObject("error").getString("code"), refused::toString);

            assertEquals(
                    List.of("deleted 1 of lobby"),
                    server.run("delete", "Lobby", "1").out());

            JsonObject entries = guest.ok("history", Map.of("room", "lobby", "after", 0, "limit", 10));
            JsonObject message = entries.getJsonArray("entries").getJsonObject(0);
            assertTrue(message.getBoolean("deleted"), message::toString);
            assertFalse(message.containsKey("text"), message::toString);
            JsonObject delete = entries.getJsonArray("entries").getJsonObject(1);
            assertEquals("Operator", delete.getJsonObject("from").getString("name"));
        }
        assertEquals(
                List.of("1 of lobby was deleted before"),
                server.run("delete", "lobby", "1").out());
        assertRefused(server.run("delete", "lobby", "2"), NOT_DONE, "lobby has no message 2");
        assertRefused(server.run("delete", "cellar", "1"), NOT_DONE, "there is no room called cellar");
        assertRefused(server.run("delete", "a b", "1"), NOT_DONE, "ROOM is no room's name");
    }

    @Test
    @Covers("close-3003")
    void aDroppedGuestIsCutOffForEver() throws Exception {
        String token;
        String id;
        try (Client guest = Client.connect(server.chat())) {
            JsonObject welcome = guest.ok("hello", Map.of("name", "Pest"));
            token = welcome.getString("token");
            id = welcome.getJsonObject("you").getString("id");
            post(guest, "buy this");

            Ended ended = server.run("drop", "pest");

            assertEquals(List.of("dropped Pest (" + id + "), 1 connections cut"), ended.out(), ended::toString);
            assertEquals(FORBIDDEN, guest.ended().get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        assertNoLongerLetIn(token);
        server.kill();
        server.awaitEnd();
        server.start();
        assertNoLongerLetIn(token);
        assertEquals(0, server.run("drop", id).code(), "a guest who is gone is dropped by their id");
        assertRefused(server.run("drop", "Nobody-Of-This-Name"), NOT_DONE, "nobody here or in the store");
    }

    @Test
    @Covers({"ev-left", "ev-notice"})
    void theOperatorPutsAGuestOutOfARoomAndTellsEverybodySomething() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Client guest = Client.connect(server.chat(), heard::add)) {
            guest.ok("hello", Map.of("name", "Pest"));
            assertRefused(server.run("expel", "lobby", "Pest"), NOT_DONE, "Pest is not in lobby");
            guest.ok("join", Map.of("room", "lobby", "last", 0));

            Ended expelled = server.run("expel", "Lobby", "pest");
            assertTrue(expelled.out().get(0).endsWith(" was put out of lobby"), expelled::toString);
            assertEquals("put out by the operator", event(heard, "left").getString("reason"));
            assertEquals(
                    "not_joined",
                    guest.ask("leave", Map.of("room", "lobby"))
                            .get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .getJsonObject("error")
                            .getString("code"));

            assertEquals(
                    List.of("announced to 1 connections"),
                    server.run("announce", "Back at noon").out());
            JsonObject notice = event(heard, "notice");
            assertEquals("Back at noon", notice.getString("text"));
            assertEquals("Operator", notice.getJsonObject("from").getString("name"));
        }
        assertRefused(server.run("expel", "a b", "Pest"), NOT_DONE, "ROOM is no room's name");
        assertRefused(server.run("expel", "lobby", "Nobody-Of-This-Name"), NOT_DONE, "nobody here or in the store");
    }

    @Test
    @Covers("sse-revoked")
    void aDroppedGuestsStreamEndsAndTheirPollsAreRefused() throws Exception {
        try (Client guest = Client.connect(server.chat())) {
            JsonObject welcome = guest.ok("hello", Map.of("name", "Pest"));
            HttpRequest.Builder events = HttpRequest.newBuilder(URI.create(server.url() + "api/events?wait=60"))
                    .header("Authorization", "Bearer " + welcome.getString("token"));
            HttpClient http = HttpClient.newHttpClient();
            CompletableFuture<HttpResponse<String>> poll =
                    http.sendAsync(events.build(), HttpResponse.BodyHandlers.ofString());
            BufferedReader stream = new BufferedReader(new InputStreamReader(
                    http.send(
                                    events.copy()
                                            .header("Accept", "text/event-stream")
                                            .build(),
                                    HttpResponse.BodyHandlers.ofInputStream())
                            .body(),
                    StandardCharsets.UTF_8));
            assertTrue(stream.readLine().contains("\"type\":\"joined\""));
            // The poll waits beside the stream and the WebSocket: who asks after the drop is not known any more.
            while (Health.connections(server) < 3) {
                assertFalse(poll.isDone(), "the poll did not wait");
            }
            Ended ended = server.run("drop", "Pest");
            assertEquals(0, ended.code(), ended::toString);
            List<String> last = stream.lines().toList();
            assertTrue(last.contains("event: bye"), last::toString);
            assertTrue(last.get(last.size() - 2).startsWith("data: {\"type\":\"bye\",\"code\":3003,"), last::toString);
            assertEquals(
                    403, poll.get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS).statusCode());
            assertEquals(
                    401,
                    http.send(events.build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode());
        }
    }

    @Test
    void aGuestWhoNeverSaidAnythingIsDroppedAsWell() throws Exception {
        String token;
        try (Client guest = Client.connect(server.chat())) {
            token = guest.ok("hello", Map.of("name", "Lurker")).getString("token");
            assertEquals(0, server.run("drop", "Lurker").code());
            assertEquals(FORBIDDEN, guest.ended().get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        server.stop();
        server.start();
        assertNoLongerLetIn(token);
    }

    @Test
    void roomsAndStatsSayWhatThereIs() throws Exception {
        try (Client guest = Client.connect(server.chat())) {
            guest.ok("open", Map.of("room", "attic", "kind", "public"));
            guest.ok("join", Map.of("room", "attic"));
            guest.ok("post", Map.of("room", "attic", "text", "hello", "key", "k"));
            List<String> rooms = server.run("rooms").out();
            assertEquals(3, rooms.size(), rooms::toString);
            assertTrue(rooms.get(1).matches("public +1 +1 +1 +1  \\S+ +attic"), rooms::toString);
            assertTrue(rooms.get(2).matches("public +0 +0 +0 +0  \\S+ +lobby"), rooms::toString);

            List<String> stats = server.run("stats").out();
            assertTrue(stats.contains("ready            yes"), stats::toString);
            assertTrue(stats.contains("connections      1"), stats::toString);
            assertTrue(stats.contains("messages         1"), stats::toString);
        }
    }

    @Test
    void theSocketIsTheOwnersAndOutlivesNoServer() throws Exception {
        Path socket = data.resolve("parley.sock");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        server.kill();
        server.awaitEnd();
        assertRefused(server.run("stats"), NOT_RUNNING, "no Parley that you may command runs on " + data);
        server.start();
        assertEquals(0, server.run("stats").code(), "what a crash has left is in nobody's way");
        server.stop();
        assertEquals(List.of("parley.db", "parley.lock"), names(data));
        assertRefused(server.run("rooms"), NOT_RUNNING, "runs on " + data);
    }

    /** What was undone can be had again: it is a backup like any other. */
    private void assertTheOldDatabaseIsWhole() throws Exception {
        String kept = names(data).stream()
                .filter(name -> name.startsWith("parley.db.before-"))
                .findFirst()
                .orElseThrow();
        ParleyProcess undone = new ParleyProcess(folder.resolve("undone"));
        Ended ended = undone.run("restore", data.resolve(kept).toString());
        assertTrue(ended.out().get(0).endsWith(": 1 rooms, 2 messages"), ended::toString);
    }

    private void assertNoLongerLetIn(String token) throws Exception {
        try (Client again = Client.connect(server.chat())) {
            JsonObject reply =
                    again.ask("hello", Map.of("token", token)).get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals("not_authenticated", reply.getJsonObject("error").getString("code"));
        }
    }

    private static JsonObject page(ParleyProcess server) {
        try (Client reader = Client.connect(server.chat())) {
            return reader.ok("join", Map.of("room", "lobby"));
        }
    }

    private static void assertRefused(Ended ended, int code, String why) {
        assertEquals(code, ended.code(), ended::toString);
        assertEquals(1, ended.err().size(), ended::toString);
        assertTrue(ended.err().get(0).startsWith("parley: "), ended::toString);
        assertTrue(ended.err().get(0).contains(why), ended::toString);
    }

    private static JsonObject event(BlockingQueue<String> heard, String type) throws InterruptedException {
        while (true) {
            String line = heard.poll(Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertNotNull(line, type + " did not come");
            JsonObject event = Json.createReader(new StringReader(line)).readObject();
            if (event.getString("type").equals(type)) {
                return event;
            }
        }
    }

    private static long post(Client client, String text) {
        return client.ok("post", Map.of("room", "lobby", "text", text)).getInt("seq");
    }

    private static List<String> texts(JsonObject page) {
        return page.getJsonArray("messages").stream()
                .map(message -> message.asJsonObject().getString("text"))
                .toList();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
