package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.ParleyProcess;
import io.parley.conformance.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load. */
class StopIT {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final int GOING_AWAY = 1001;
    private static final int WRITERS = 6;
    private static final int AT_A_TIME = 32;
    private static final long SAID_BEFORE = 3_000;

    @TempDir
    Path data;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Ledger ledger = new Ledger();
    private final List<Writer> writers = new ArrayList<>();
    private ParleyProcess server;

    @BeforeEach
    void start() throws IOException {
        System.out.println("seed " + seed);
        server =
                new ParleyProcess(data, "limits.page=1000", "limits.postsBurst=100000", "limits.postsPerSecond=100000");
        server.start();
        for (int number = 0; number < WRITERS; number++) {
            writers.add(new Writer(List.of("lobby"), AT_A_TIME, new Random(random.nextLong()), ledger));
        }
    }

    @AfterEach
    void end() {
        writers.forEach(Writer::close);
        server.close();
    }

    @Test
    @Covers({"close-1001", "ev-bye"})
    void everybodyIsToldGoodbyeInTimeAndNothingAcknowledgedIsLost() throws Exception {
        try (Client idle = Client.connect(server.chat())) {
            String epoch = idle.ok("join", Map.of("room", "lobby")).getString("epoch");
            Reader reader = new Reader("lobby", epoch, 0, "binary");
            reader.follow(server.chat());
            for (Writer writer : writers) {
                writer.connect(server.chat());
                writer.talk(true);
            }
            reader.await(SAID_BEFORE);

            long told = System.nanoTime();
            int exitCode = server.stop();

            Duration took = Duration.ofNanos(System.nanoTime() - told);
            System.out.println("stopped within " + took.toMillis() + " ms");
            assertTrue(took.compareTo(LONGEST_STOP) < 0, () -> "the stop took " + took);
            assertEquals(ParleyProcess.SIGTERM, exitCode);
            assertEquals(GOING_AWAY, idle.ended().get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        for (Writer writer : writers) {
            assertToldGoodbye(writer);
        }
        assertEquals(
                List.of(),
                server.said().stream()
                        .filter(line -> line.contains(" ERROR ") || line.contains(" SEVERE "))
                        .toList());
        Map<String, LogCopy> logs = LogFile.read(data, List.of("lobby"));
        ledger.holdAgainst(logs);
    }

    private static void assertToldGoodbye(Writer writer) throws Exception {
        assertEquals(GOING_AWAY, writer.ended().get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS));
        List<String> lines = writer.lines();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        assertTrue(last.startsWith("{\"type\":\"bye\",\"code\":1001,"), () -> "the last line was " + last);
        assertTrue(last.contains("\"reconnect\":true"), last);
        assertTrue(
                writer.complaints().stream().allMatch("unavailable"::equals), () -> "answered " + writer.complaints());
    }
}
