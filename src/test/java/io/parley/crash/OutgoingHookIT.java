package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.ParleyProcess;
import io.parley.conformance.Covers;
import io.parley.hooks.Receiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook is sent everything, though the server is killed in the midst of it; and a stranger can check who sent it. */
class OutgoingHookIT {
    private static final int KILLED_AT = 40;
    private static final int ALL = 200;
    private static final Pattern RECEIVER = Pattern.compile("```python\n(.*?whsec.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private ParleyProcess server;

    @BeforeEach
    void start() throws IOException {
        server = new ParleyProcess(folder.resolve("data"), "hookTargets=127.0.0.1");
        server.start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    @Covers("hook-out-again")
    void overAKillNothingIsLeftOutAndWhatComesAgainHasTheSameId() throws Exception {
        try (Receiver receiver = Receiver.plain()) {
            assertEquals(0, server.run("hook", "send", "lobby", receiver.url()).code());
            receiver.answer(Collections.nCopies(KILLED_AT, 204).toArray(Integer[]::new));
            receiver.answer(Receiver.NEVER);
            post(1, ALL);
            receiver.await(KILLED_AT + 1);
            server.kill();
            server.awaitEnd();
            assertEquals(KILLED_AT, receiver.taken().size());
            server.start();
            Receiver.awaitUntil("the last", () -> receiver.taken().contains((long) ALL));

            Map<Long, String> ids = new HashMap<>();
            long last = 0;
            for (Receiver.Request request : receiver.requests()) {
                assertTrue(request.seq() <= last + 1, () -> receiver.taken() + " has a gap");
                assertEquals(ids.computeIfAbsent(request.seq(), seq -> request.id()), request.id());
                last = request.seq();
            }
            assertEquals(
                    LongStream.rangeClosed(1, ALL).boxed().toList(),
                    receiver.taken().stream().distinct().toList());
            System.out.println((receiver.taken().size() - ALL) + " came again");
        }
    }

    /** The very program that the documentation shows, which knows nothing of our code. */
    @Test
    @Covers("hook-out-signed")
    void theReceiverOfTheDocumentationKnowsItsSender() throws Exception {
        assumeTrue(hasPython(), "no Python");
        int port = freePort();
        Matcher found = RECEIVER.matcher(Files.readString(Path.of("docs/operations.md")));
        assertTrue(found.find(), "the documentation shows no receiver");
        Path script =
                Files.writeString(folder.resolve("receiver.py"), found.group(1).replace("9000", "" + port));
        List<String> made = server.run("hook", "send", "lobby", "http://127.0.0.1:" + port + "/")
                .out();
        ProcessBuilder builder = new ProcessBuilder("python3", script.toString())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().put("WEBHOOK_SECRET", made.get(1));
        Process python = builder.start();
        try (BufferedReader out = python.inputReader(StandardCharsets.UTF_8)) {
            post(1, 3);
            CompletableFuture<List<String>> lines =
                    CompletableFuture.supplyAsync(() -> out.lines().limit(3).toList());
            assertEquals(List.of("text-1", "text-2", "text-3"), lines.get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS));
        } finally {
            python.destroyForcibly();
        }
    }

    private void post(int from, int to) {
        try (Client client = Client.connect(server.chat())) {
            for (int i = from; i <= to; i++) {
                client.ok("post", Map.of("room", "lobby", "text", "text-" + i));
            }
        }
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
