package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.ParleyProcess;
import io.parley.conformance.Covers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that know nothing of Parley read a room whole and in order, though the server is killed and comes back meanwhile. */
class StockClientsIT {
    private static final Path CLIENTS = Path.of("src/test/clients");
    private static final String ROOM = "news";
    private static final int HALF = 300;
    private static final int ALL = 2 * HALF;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    @Test
    @Covers({"sse-resume", "poll-any-node"})
    void curlEventsourceAndPythonReadOnOverAKill() throws Exception {
        Map<String, List<String>> commands = commands();
        assertTrue(commands.containsKey("curl"), "no curl");
        try (ParleyProcess server = new ParleyProcess(folder.resolve("data"))) {
            server.start();
            String at;
            try (Client client = Client.connect(server.chat())) {
                client.ok("open", Map.of("room", ROOM, "kind", "public"));
                at = ROOM + "@"
                        + client.ok("join", Map.of("room", ROOM, "last", 0)).getString("epoch") + ":0";
            }
            List<Following> following = new ArrayList<>();
            for (List<String> command : commands.values()) {
                List<String> all = new ArrayList<>(command);
                all.addAll(List.of(server.url() + "api/events", at, Integer.toString(ALL)));
                following.add(new Following(start(all)));
            }
            post(server, 1, HALF);
            for (Following each : following) {
                each.awaitHalf();
            }
            server.kill();
            server.awaitEnd();
            server.start();
            post(server, HALF + 1, ALL);
            List<String> whole = new ArrayList<>();
            for (int i = 1; i <= ALL; i++) {
                whole.add(i + " text-" + i);
            }
            for (Following each : following) {
                assertEquals(whole, each.lines());
            }
        }
        System.out.println("read by " + commands.keySet());
    }

    /** Those of the clients that this machine can run. */
    private Map<String, List<String>> commands() throws Exception {
        Map<String, List<String>> commands = new HashMap<>();
        if (runs("curl", "--version")) {
            commands.put("curl", List.of("sh", script("stream.sh")));
        }
        if (runs("python3", "--version")) {
            commands.put("python3", List.of("python3", script("poll.py")));
        }
        if (runs("npm", "--version")) {
            for (String file : List.of("package.json", "package-lock.json", "eventsource.mjs")) {
                Files.copy(CLIENTS.resolve(file), folder.resolve(file));
            }
            if (runs("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")) {
                commands.put(
                        "eventsource",
                        List.of("node", folder.resolve("eventsource.mjs").toString()));
            }
        }
        assumeTrue(!commands.isEmpty(), "none of the clients is here");
        return commands;
    }

    private static String script(String name) {
        return CLIENTS.resolve(name).toAbsolutePath().toString();
    }

    private boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            processes.add(process);
            return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors-" + processes.size()).toFile())
                .start();
        processes.add(process);
        return process;
    }

    private static void post(ParleyProcess server, int from, int to) {
        try (Client client = Client.connect(server.chat())) {
            for (int i = from; i <= to; i++) {
                client.ok("post", Map.of("room", ROOM, "text", "text-" + i));
            }
        }
    }

    /** What a client prints, as it comes. */
    private static final class Following {
        private final List<String> lines = new ArrayList<>();
        private final CountDownLatch half = new CountDownLatch(HALF);
        private final Process process;
        private final Thread thread = new Thread(this::read, "client-output");

        Following(Process process) {
            this.process = process;
            thread.setDaemon(true);
            thread.start();
        }

        void awaitHalf() throws InterruptedException {
            assertTrue(
                    half.await(Client.PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "only " + lines.size() + " entries");
        }

        /** All that it printed, to its end. */
        List<String> lines() throws InterruptedException {
            thread.join(TimeUnit.SECONDS.toMillis(Client.PATIENCE_SECONDS));
            return List.copyOf(lines);
        }

        private void read() {
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    lines.add(line);
                    half.countDown();
                }
            } catch (IOException ended) {
                // With the process, so does its output.
            }
        }
    }
}
