package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.ParleyProcess;
import io.parley.conformance.Covers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes in by any door goes out by every other: once, in one order, under one number, though the server is killed in the middle. The
 * clients know nothing of Parley: npm's {@code ws} and {@code eventsource}, {@code curl}, Python's {@code urllib}, Java's own.
 */
class DoorsIT {
    private static final Path CLIENTS = Path.of("src/test/clients");
    private static final String ROOM = "news";
    private static final int EACH = 20;
    private static final int HALF = EACH / 2;

    /** The only door that has no keys: whoever writes there is not in the middle of it when the server goes. */
    private static final String PERSON = "chat";

    private static final List<String> IN = List.of("superchat", "json", "plain", "channel", "hook", "commands", PERSON);

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private ParleyProcess server;
    private String token;
    private String publicId;
    private String hook;

    @BeforeEach
    void prepare() throws Exception {
        installClients();
        server = new ParleyProcess(
                folder.resolve("data"), "limits.postsBurst=10000", "limits.postsPerSecond=10000", "limits.page=1000");
        open.add(server);
        server.start();
        List<String> issued = server.run("token", "create", "Robot").out();
        token = issued.get(1);
        publicId = issued.get(0).replaceFirst("^.* public id ([^ ;,]+).*$", "$1");
        hook = server.run("hook", "create", ROOM).out().get(1).substring(1);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @TestFactory
    @Covers({
        "door-same",
        "door-one",
        "bytes-same",
        "sse-resume",
        "poll-any-node",
        "http-publish-key",
        "channel-key",
        "hook-key"
    })
    Stream<DynamicTest> whatComesInByADoorGoesOutByEveryOther() throws Exception {
        String at = openTheRoom();
        Map<String, StockClient> readers = readers(at);
        HttpReader polls = new HttpReader(URI.create(server.url() + "api/events"), ROOM, epoch(at), false);
        open.add(polls);
        Objects.requireNonNull(readers.get(PERSON)).await(1);

        Map<String, StockClient> writers = writers();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> commands = CompletableFuture.runAsync(() -> postCommands(asked));
        person(1, HALF);
        for (StockClient reader : readers.values()) {
            reader.await(IN.size() * HALF);
        }
        for (StockClient writer : writers.values()) {
            writer.tell("go on");
        }
        asked.complete(null);
        polls.await((long) IN.size() * HALF + 1);
        server.kill();
        server.awaitEnd();
        server.start();
        person(HALF + 1, EACH);
        for (StockClient writer : writers.values()) {
            writer.finish();
        }
        commands.get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
        polls.await((long) IN.size() * EACH);

        List<String> log = log();
        Map<String, List<String>> out = new LinkedHashMap<>();
        for (Map.Entry<String, StockClient> reader : readers.entrySet()) {
            List<String> lines = reader.getValue().finish();
            out.put(
                    reader.getKey(),
                    reader.getKey().equals(PERSON) ? numbered(lines.subList(1, lines.size()), log) : lines);
        }
        out.put("polls", entries("[" + polls.entries().replaceFirst(",$", "") + "]"));
        out.put("history", log);
        return out.entrySet().stream().flatMap(door -> IN.stream().map(in -> cell(in, door, log)));
    }

    /** That a door shows what came in by another: all of it, once, in the order of its author, at the place that the log gives it. */
    private static DynamicTest cell(String in, Map.Entry<String, List<String>> door, List<String> log) {
        return DynamicTest.dynamicTest(in + " to " + door.getKey(), () -> {
            List<String> texts = door.getValue().stream()
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .filter(text -> text.startsWith(in + "-"))
                    .toList();
            assertEquals(
                    IntStream.rangeClosed(1, EACH).mapToObj(i -> in + "-" + i).toList(), texts);
            assertEquals(log, door.getValue());
        });
    }

    private void installClients() throws Exception {
        for (String program : List.of("curl", "python3", "npm")) {
            assumeTrue(runs(program), program + " is not here");
        }
        for (String file : List.of(
                "package.json", "package-lock.json", "eventsource.mjs", "ws-post.mjs", "ws-follow.mjs", "chat.mjs")) {
            Files.copy(CLIENTS.resolve(file), folder.resolve(file));
        }
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.txt").toFile())
                .start();
        assertTrue(npm.waitFor(2, TimeUnit.MINUTES), "npm does not end");
        assertEquals(0, npm.exitValue(), () -> read(folder.resolve("npm.txt")));
    }

    private static boolean runs(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Whence to read it: its position at the beginning. */
    private String openTheRoom() {
        try (Client client = Client.connect(server.chat())) {
            client.ok("open", Map.of("room", ROOM, "kind", "public"));
            return ROOM + "@"
                    + client.ok("join", Map.of("room", ROOM, "last", 0)).getString("epoch") + ":0";
        }
    }

    private Map<String, StockClient> readers(String at) throws IOException {
        String count = Integer.toString(IN.size() * EACH);
        String events = server.url() + "api/events";
        String chat = server.chat().toString();
        Map<String, StockClient> readers = new LinkedHashMap<>();
        readers.put("superchat", start("superchat", "node", module("ws-follow"), chat, at, count));
        readers.put(PERSON, start(PERSON, "node", module("chat"), chat, ROOM, count));
        readers.put("eventsource", start("eventsource", "node", module("eventsource"), events, at, count));
        readers.put("curl", start("curl", "sh", script("stream.sh"), events, at, count));
        readers.put("python", start("python", "python3", script("poll.py"), events, at, count));
        return readers;
    }

    private Map<String, StockClient> writers() throws IOException {
        String url = server.url();
        String count = Integer.toString(EACH);
        String room = url + "api/rooms/" + ROOM + "/messages";
        String channel = url + publicId + "/" + ROOM + "/publish";
        Map<String, StockClient> writers = new LinkedHashMap<>();
        writers.put(
                "superchat",
                start("superchat", "node", module("ws-post"), server.chat().toString(), ROOM, "superchat", count));
        writers.put("json", start("json", "sh", script("post.sh"), "json", room, token, "json", count));
        writers.put("plain", start("plain", "sh", script("post.sh"), "text", room, token, "plain", count));
        writers.put("channel", start("channel", "sh", script("post.sh"), "json", channel, token, "channel", count));
        writers.put("hook", start("hook", "python3", script("hook.py"), url + hook, "hook", count));
        return writers;
    }

    private void person(int from, int to) throws Exception {
        start(PERSON, "node", module("chat"), server.chat().toString(), ROOM, PERSON, "" + from, "" + to)
                .finish();
    }

    /** By {@code POST /api/do} and Java's own client. */
    private void postCommands(CompletableFuture<Void> goOn) {
        for (int i = 1; i <= EACH; i++) {
            if (i == HALF + 1) {
                goOn.join();
            }
            String text = "commands-" + i;
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "api/do"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"do\":\"post\",\"id\":1,\"room\":\"%s\",\"text\":\"%s\",\"key\":\"%s\"}"
                                    .formatted(ROOM, text, text)))
                    .build();
            while (!isAccepted(request)) {
                Thread.onSpinWait();
            }
        }
    }

    private boolean isAccepted(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("\"ok\":{");
        } catch (IOException gone) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private StockClient start(String name, String... command) throws IOException {
        StockClient client = new StockClient(folder, name, List.of(command));
        open.add(0, client);
        return client;
    }

    private List<String> log() throws Exception {
        URI all = URI.create(server.url() + "api/rooms/" + ROOM + "/entries?limit=1000");
        String body = http.send(HttpRequest.newBuilder(all).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return entries(Json.createReader(new StringReader(body))
                .readObject()
                .getJsonArray("entries")
                .toString());
    }

    private static List<String> entries(String array) {
        return Json.createReader(new StringReader(array)).readArray().getValuesAs(JsonObject.class).stream()
                .map(entry -> entry.getInt("seq") + " " + entry.getString("text"))
                .toList();
    }

    /** People are shown no numbers: gives each text the one that follows, as long as it is that of the log. */
    private static List<String> numbered(List<String> texts, List<String> log) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> log.get(i).substring(0, log.get(i).indexOf(' ') + 1) + texts.get(i))
                .toList();
    }

    private static String epoch(String at) {
        return at.substring(at.indexOf('@') + 1, at.lastIndexOf(':'));
    }

    private String module(String name) {
        return folder.resolve(name + ".mjs").toString();
    }

    private static String script(String name) {
        return CLIENTS.resolve(name).toAbsolutePath().toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
