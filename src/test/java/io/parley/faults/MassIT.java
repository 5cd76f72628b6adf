package io.parley.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.parley.ParleyProcess;
import io.parley.crash.Client;
import jakarta.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand who listen, and a hundred who have stopped reading. */
class MassIT {
    private static final int IDLE = 10_000;
    private static final int STALLED = 100;
    private static final int ROOMS = 200;
    /** Of the two people who talk all the while. */
    private static final int TALKERS = 2;

    private static final int SPARE_DESCRIPTORS = 500;
    private static final int WRITE_TIMEOUT_SECONDS = 10;

    /** Generous: docs/operations.md tells operators to count with 10 kB. */
    private static final long MOST_HEAP_BYTES_EACH = 24 * 1024;

    /** A frame that is under way to each, and what waits for them. */
    private static final long MOST_HEAP_BYTES_STALLED = 256 * 1024;

    /** The default of {@code limits.tailBytes}. */
    private static final long TAIL_BYTES = 64L * 1024 * 1024;

    private static final String LONG_TEXT = "x".repeat(8_000);
    /** More than what the kernel takes for a peer that does not read. */
    private static final int LONG_TEXTS = 1_000;

    private static final int UNDER_WAY = 32;

    @Test
    void whoListensCostsLittleAndWhoStopsReadingIsClosedAndDelaysNobody(@TempDir Path data) throws Exception {
        Assumptions.assumeTrue(
                descriptors() > IDLE + STALLED + SPARE_DESCRIPTORS,
                "raise the limit on open files (ulimit -n) above " + (IDLE + STALLED + SPARE_DESCRIPTORS));
        try (ParleyProcess server = new ParleyProcess(
                data,
                "limits.connections=20000",
                "limits.postsPerSecond=100000",
                "limits.postsBurst=100000",
                "limits.writeTimeoutSeconds=" + WRITE_TIMEOUT_SECONDS)) {
            server.start();
            openRooms(server);
            try (Talk talk = new Talk(server.chat(), "talk")) {
                talk.say("first");
                long heapBefore = Health.heapBytes(server);
                try (Crowd crowd = Crowd.of(IDLE, server.chat(), i -> "room-" + i % ROOMS)) {
                    awaitConnections(server, IDLE + TALKERS, talk);
                    assertEquals(0, crowd.cutOff(), "were cut off when they came");
                    long each = (Health.heapBytes(server) - heapBefore) / IDLE;
                    assertTrue(each < MOST_HEAP_BYTES_EACH, "an idle connection takes " + each + " bytes of heap");
                    stall(server, talk, heapBefore + IDLE * MOST_HEAP_BYTES_EACH);
                    assertEquals(0, crowd.cutOff(), "of those who only listen, so many were cut off");
                }
                assertTrue(talk.slowestMillis() < 5_000, "a message took too long");
            }
        }
    }

    private static void stall(ParleyProcess server, Talk talk, long heapLimit) throws Exception {
        List<Stalled> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < STALLED; i++) {
                stalled.add(new Stalled(i, server.chat(), "room-0"));
            }
            awaitConnections(server, IDLE + TALKERS + STALLED, talk);
            flood(server, talk);
            long heap = Health.heapBytes(server);
            assertTrue(
                    heap < heapLimit + STALLED * MOST_HEAP_BYTES_STALLED + TAIL_BYTES,
                    "with those who do not read the heap takes " + heap + " bytes");
            awaitConnections(server, IDLE + TALKERS, talk);
        } finally {
            for (Stalled each : stalled) {
                each.close();
            }
        }
    }

    /** Says more in the room of those who do not read than the kernel keeps for them. */
    private static void flood(ParleyProcess server, Talk talk) throws InterruptedException {
        try (Client author = Client.connect(server.chat())) {
            ArrayDeque<CompletableFuture<JsonObject>> underWay = new ArrayDeque<>();
            for (int i = 0; i < LONG_TEXTS; i++) {
                underWay.add(author.ask("post", Map.of("room", "room-0", "text", LONG_TEXT)));
                if (underWay.size() == UNDER_WAY) {
                    assertPosted(underWay.remove());
                }
                if (i % 50 == 0) {
                    talk.say("meanwhile " + i);
                }
            }
            underWay.forEach(MassIT::assertPosted);
        }
    }

    private static void assertPosted(CompletableFuture<JsonObject> reply) {
        JsonObject answer =
                reply.orTimeout(Client.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        assertTrue(answer.containsKey("ok"), answer::toString);
    }

    private static void awaitConnections(ParleyProcess server, long expected, Talk talk) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Health.connections(server) != expected) {
            assertTrue(System.nanoTime() < until, "not " + expected + " connections but " + Health.connections(server));
            talk.say("who is there?");
        }
    }

    private static void openRooms(ParleyProcess server) {
        try (Client opener = Client.connect(server.chat())) {
            for (int room = 0; room < ROOMS; room++) {
                opener.ok("open", Map.of("room", "room-" + room, "kind", "public"));
            }
        }
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()
                : 0;
    }
}
