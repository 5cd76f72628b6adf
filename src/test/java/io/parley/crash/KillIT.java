package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.ParleyProcess;
import io.parley.conformance.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load, again and again, on one data folder. */
class KillIT {
    private static final int ROUNDS = 20;
    private static final int WRITERS = 6;
    private static final int AT_A_TIME = 32;
    private static final int MOST_BEFORE_KILL = 1_500;
    private static final int LATEST_KILL_MILLIS = 50;
    private static final List<String> ROOMS = List.of("attic", "barn", "cellar", "dock", "eaves");

    @TempDir
    Path data;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Ledger ledger = new Ledger();
    private final List<Writer> writers = new ArrayList<>();
    private final Map<String, LogCopy> logs = new TreeMap<>();
    private final Map<String, String> epochs = new TreeMap<>();
    private ParleyProcess server;

    @BeforeEach
    void prepare() throws IOException {
        System.out.println("seed " + seed);
        server =
                new ParleyProcess(data, "limits.page=1000", "limits.postsBurst=100000", "limits.postsPerSecond=100000");
        ROOMS.forEach(room -> logs.put(room, new LogCopy(room)));
        for (int number = 0; number < WRITERS; number++) {
            writers.add(new Writer(ROOMS, AT_A_TIME, new Random(random.nextLong()), ledger));
        }
    }

    @AfterEach
    void end() {
        writers.forEach(Writer::close);
        server.close();
    }

    @Test
    @Covers({"key-same", "ok-durable"})
    void whatWasAcknowledgedIsThereAfterEveryKillAndNothingIsThereTwice() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            server.start();
            readOn();
            talkUntilKilled(round);
        }
        server.start();
        readOn();
        say(true);
        readOn();
        ledger.isAllOf(logs.values());
        assertEquals(entries(logs), entries(readAgainOverTheWire()), "read over the wire a second time");
        assertEquals(ParleyProcess.SIGTERM, server.stop());
        assertEquals(entries(logs), entries(LogFile.read(data, ROOMS)), "read from the file");
        System.out.println(ledger.size() + " entries acknowledged, all there");
    }

    /** Reads what is new in all rooms, and holds everything ever acknowledged against it. */
    private void readOn() {
        try (Client client = Client.connect(server.chat())) {
            for (LogCopy log : logs.values()) {
                client.ok("open", Map.of("room", log.room(), "kind", "public"));
                log.readOn(client);
                String epoch =
                        client.ok("join", Map.of("room", log.room(), "last", 0)).getString("epoch");
                assertEquals(epochs.computeIfAbsent(log.room(), room -> epoch), epoch, "the epoch of " + log.room());
            }
        }
        ledger.holdAgainst(logs);
    }

    private void talkUntilKilled(int round) throws Exception {
        int before = ledger.size();
        int acknowledgements = random.nextInt(MOST_BEFORE_KILL);
        int delay = random.nextInt(LATEST_KILL_MILLIS);
        writers.forEach(writer -> writer.connect(server.chat()));
        Executor later = CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS);
        CompletableFuture<Void> killed = ledger.when(before + acknowledgements).thenRunAsync(server::kill, later);
        say(false);
        killed.get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
        server.awaitEnd();
        writers.forEach(writer -> assertEquals(List.of(), writer.complaints()));
        System.out.println("round " + round + ": killed after " + (ledger.size() - before) + " acknowledgements, with "
                + writers.stream().mapToInt(Writer::unanswered).sum() + " posts unanswered");
    }

    /** Has everybody say again what had no answer; then new things until the server is gone, unless that was all. */
    private void say(boolean onlyOnceMore) throws Exception {
        if (onlyOnceMore) {
            writers.forEach(writer -> writer.connect(server.chat()));
        }
        for (Writer writer : writers) {
            writer.talk(!onlyOnceMore, key -> Optional.of(isLogged(key)));
        }
        for (Writer writer : writers) {
            boolean answered = awaitSilence(writer);
            assertEquals(onlyOnceMore, answered, "whether all was answered");
            assertEquals(List.of(), writer.complaints());
        }
        assertTrue(
                !onlyOnceMore || writers.stream().allMatch(writer -> writer.unanswered() == 0),
                "all was answered in the end");
    }

    private boolean awaitSilence(Writer writer) throws Exception {
        int before = ledger.size();
        for (int second = 0; second < Client.PATIENCE_SECONDS; second++) {
            try {
                return writer.silent().get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                if (!server.isAlive()) {
                    // Java's client now and then does not notice that the server is gone, while it has nothing to send.
                    writer.close();
                }
            }
        }
        String so = (ledger.size() - before) + " acknowledgements in " + Client.PATIENCE_SECONDS + " s, and "
                + writer.unanswered() + " posts of one writer unanswered, whose connection "
                + (writer.ended().isDone() ? "ended" : "is open") + "; the server said\n";
        throw new AssertionError(so + String.join("\n", server.said()) + "\n" + server.state());
    }

    private boolean isLogged(String key) {
        return logs.values().stream().anyMatch(log -> log.holds(key));
    }

    private Map<String, LogCopy> readAgainOverTheWire() {
        Map<String, LogCopy> again = new TreeMap<>();
        try (Client client = Client.connect(server.chat())) {
            for (String room : ROOMS) {
                LogCopy copy = new LogCopy(room);
                copy.readOn(client);
                again.put(room, copy);
            }
        }
        return again;
    }

    private static Map<String, List<Logged>> entries(Map<String, LogCopy> logs) {
        Map<String, List<Logged>> entries = new TreeMap<>();
        logs.forEach((room, log) -> entries.put(room, log.entries()));
        return entries;
    }
}
