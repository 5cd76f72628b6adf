package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.parley.ParleyProcess;
import io.parley.conformance.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An acknowledgement means that the disk has it.
 *
 * <p>{@code kill -9} leaves the page cache alive and cannot tell; so the calls that empty it are counted.
 */
class DurabilityIT {
    private static final int POSTS = 200;

    @TempDir
    Path folder;

    @BeforeEach
    void findStrace() {
        assumeFalse(System.getProperty("skipStrace") != null, "-DskipStrace");
        try {
            Process version = new ProcessBuilder("strace", "-V")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertEquals(0, version.waitFor());
        } catch (IOException e) {
            fail("strace is not here: apt-get install strace, or leave this out with -DskipStrace", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Covers("ok-durable")
    void everyAcknowledgedGroupIsOnTheDisk() throws Exception {
        long without = syncs("without", 0);
        long with = syncs("with", POSTS);

        System.out.println(without + " syncs to start and stop, " + with + " with " + POSTS + " posts one by one");
        assertTrue(
                with - without >= POSTS,
                () -> POSTS + " posts were acknowledged one after another with " + (with - without) + " syncs");
    }

    /** How often a server syncs that takes so many posts, each acknowledged before the next, from its start to its end. */
    private long syncs(String name, int posts) throws Exception {
        Path counts = folder.resolve(name + ".strace");
        List<String> strace =
                List.of("strace", "-f", "--seccomp-bpf", "-c", "-e", "trace=fdatasync,fsync", "-o", counts.toString());
        try (ParleyProcess server = new ParleyProcess(folder.resolve(name), strace)) {
            server.start();
            try (Client client = Client.connect(server.chat())) {
                client.ok("hello", Map.of());
                for (int number = 1; number <= posts; number++) {
                    long seq = client.ok("post", Map.of("room", "lobby", "text", "number " + number))
                            .getJsonNumber("seq")
                            .longValueExact();
                    assertEquals(number, seq);
                }
            }
            server.stop();
        }
        return count(counts);
    }

    /** The column of calls in {@code strace -c}: share, seconds, µs per call, calls, errors if any, name. */
    private static long count(Path counts) throws IOException {
        List<String> table = Files.readAllLines(counts);
        return table.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row[row.length - 1].equals("fdatasync") || row[row.length - 1].equals("fsync"))
                .mapToLong(row -> Long.parseLong(row[3]))
                .sum();
    }
}
