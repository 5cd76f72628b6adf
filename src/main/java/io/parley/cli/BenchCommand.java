package io.parley.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * {@code bench URL}: an operator's check of an installation that runs, by the way that its users come. Stateless.
 *
 * <p>Bounded so that it harms nobody: few readers, few posts, a room of its own, and no guest posts faster than any may.
 */
final class BenchCommand {
    static final Usage USAGE = new Usage("bench", List.of("URL"), "tries a running server, over the network", """
                    Connects readers to the Parley at URL (https://chat.example.com/), as its users do: through the proxy, by TLS. Posts,
                    and checks that each reader is shown each post once and in order. It goes on in the room parley-bench, whose
                    messages stay. Says how many messages passed and how long they took; ends with 1 when one was missing or double.

                      --readers N   guests who read, 1 to 1000 (20); parley.limits.connectionsPerAddress bounds them
                      --rate N      posts a second, of all together, 1 to 1000 (10); a reader posts at most 5 a second
                      --seconds N   how long, 1 to 300 (10)""");

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ALL_SHOWN = Duration.ofSeconds(10);
    private static final long POLL_NANOS = 5_000_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    private BenchCommand() {}

    /** Connects, posts, waits, says what came of it. Blocks for as long as it was told, and some seconds. */
    static void run(List<String> given, Consumer<String> out) {
        BenchOptions options = BenchOptions.parse(given);
        HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
        BenchTally tally =
                new BenchTally(Long.toString(System.currentTimeMillis(), Character.MAX_RADIX), options.posts());
        List<BenchReader> readers = new ArrayList<>();
        try {
            connect(client, options, tally, readers);
            out.accept("%s at %s: %d readers, %d posts a second for %d s"
                    .formatted(
                            readers.get(0).server(),
                            options.address(),
                            options.readers(),
                            options.rate(),
                            options.seconds()));
            long begun = System.nanoTime();
            post(options, tally, readers);
            await(ALL_SHOWN, () -> !tally.isWhole() || tally.isDone(options.readers()));
            tally.report(options.readers(), System.nanoTime() - begun).forEach(out);
            readers.forEach(BenchReader::check);
        } finally {
            readers.forEach(BenchReader::close);
        }
        tally.verdict(options.readers()).ifPresent(verdict -> {
            throw CommandFailure.notDone(verdict);
        });
    }

    private static void connect(HttpClient client, BenchOptions options, BenchTally tally, List<BenchReader> readers) {
        URI address = options.address();
        for (int i = 0; i < options.readers(); i++) {
            BenchReader reader = BenchReader.connect(client, address, tally);
            readers.add(reader);
            // One after the other: a crowd at the door is another check than this.
            if (!await(CONNECT, reader::hasJoined)) {
                throw CommandFailure.notDone("no answer to hello and join within " + CONNECT.toSeconds() + " s");
            }
        }
    }

    private static void post(BenchOptions options, BenchTally tally, List<BenchReader> readers) {
        long begun = System.nanoTime();
        for (int i = 0; i < options.posts(); i++) {
            long due = begun + i * SECOND_NANOS / options.rate();
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (!tally.isWhole()) {
                return;
            }
            readers.get(i % readers.size()).post(i);
        }
    }

    private static boolean await(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
