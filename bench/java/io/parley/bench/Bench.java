package io.parley.bench;

import io.parley.bench.Results.Sample;
import io.parley.bench.Workload.OnServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.Collectors;

/**
 * What {@code bench/run} runs: round by round each server in turn, in one order and then in the other, through all workloads.
 *
 * <p>Exit codes: 0 all was measured and nothing was lost, doubled or out of order; 1 something was; 2 called wrongly. Confined to one
 * thread, but for the hook that ends the server when the process is told to end.
 */
public final class Bench {
    private static final Path FOLDER = Path.of("target/bench");
    /** Of what is being measured; deleted after each. */
    private static final Path FILES = FOLDER.resolve("server");

    private static final Path RESULTS = Path.of("bench/results");
    private static final int END_SECONDS = 20;

    private final Options options;
    private final Results results = new Results();
    private final List<String> failures = new ArrayList<>();
    /** Nothing is started any more: who ends this has ended what runs. */
    private volatile boolean ending;

    private Bench(Options options) {
        this.options = options;
    }

    /** Measures, and prints the table. */
    public static void main(String[] words) throws IOException, InterruptedException {
        List<String> given = List.of(words);
        if (given.contains("--help")) {
            System.out.println(Options.help());
            return;
        }
        try {
            System.exit(new Bench(Options.parse(given)).run());
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        }
    }

    private int run() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "bench-stop"));
        Files.createDirectories(FOLDER);
        // Of a run that was killed.
        Folders.delete(FILES);
        String begun = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Path csv = RESULTS.resolve(begun.replace(":", "") + ".csv");
        for (int round = 1; round <= options.rounds(); round++) {
            List<Kind> order = new ArrayList<>(options.servers());
            if (round % 2 == 0) {
                Collections.reverse(order);
            }
            for (Kind kind : order) {
                measure(round, kind);
                // What a run that is broken off has measured is kept.
                results.write(csv);
            }
        }
        Map<String, String> meanings =
                options.workloads().stream().collect(Collectors.toMap(Workload::name, Workload::meaning));
        String tables = FiguresToHold.table(results, options::asksFor) + Table.of(results, meanings);
        String report = Report.text(begun, options, csv, tables, failures);
        System.out.println(report);
        if (options.publish()) {
            Report.publish(report, Chart.of(results, meanings));
        }
        return failures.isEmpty() ? 0 : 1;
    }

    private void measure(int round, Kind kind) throws IOException, InterruptedException {
        Deque<Workload> left = new ArrayDeque<>(options.workloads());
        left.removeIf(workload -> !options.wants(round, workload, kind));
        while (!left.isEmpty() && !ending) {
            try {
                if (left.peek() instanceof Workload.Alone alone) {
                    left.remove();
                    measure(round, kind, alone, figures -> alone.measure(kind, FILES, options.timing(), figures));
                } else {
                    int before = left.size();
                    measureServer(round, kind, left);
                    if (left.size() == before) {
                        // A server that does not start is tried again for the next one, and not for ever.
                        left.remove();
                    }
                }
            } finally {
                Folders.delete(FILES);
            }
        }
    }

    /** Takes from what is left all that one server can be put to. */
    private void measureServer(int round, Kind kind, Deque<Workload> left) throws IOException, InterruptedException {
        boolean everyCore = left.peek() instanceof OnServer first && first.wantsEveryCore();
        try (Server server = Server.fresh(kind, FILES, everyCore)) {
            // After a failure nobody knows what the server still does: the rest is for a fresh one.
            boolean whole = true;
            boolean warm = false;
            while (whole && left.peek() instanceof OnServer next && next.wantsEveryCore() == everyCore) {
                left.remove();
                if (!warm && next.wantsWarmServer()) {
                    FanOut.burnIn(server);
                    warm = true;
                }
                whole = measure(round, kind, next, figures -> next.measure(server, options.timing(), figures));
            }
            long kept = whole ? server.stop() : -1;
            if (kept >= 0) {
                System.err.printf(
                        "round %d, %s: all %,d acknowledged posts are in the store%n", round, kind.label(), kept);
            }
        } catch (Broken e) {
            fail(round, kind, "start or end", e);
        } catch (IOException e) {
            fail(round, kind, "start or end", new Broken("its files cannot be had", e));
        }
    }

    private boolean measure(int round, Kind kind, Workload workload, Measurement measurement)
            throws IOException, InterruptedException {
        Map<String, Double> figures = new TreeMap<>();
        long begun = System.nanoTime();
        try {
            measurement.run((figure, value) -> {
                results.add(new Sample(round, workload.name(), kind.label(), figure, value));
                figures.put(figure, value);
            });
        } catch (Broken e) {
            fail(round, kind, workload.name(), e);
            return false;
        }
        System.err.printf(
                "round %d, %s, %s (%d s): %s%n",
                round,
                kind.label(),
                workload.name(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                figures.entrySet().stream()
                        .map(figure -> Table.number(figure.getValue()) + " " + figure.getKey())
                        .collect(Collectors.joining(", ")));
        return true;
    }

    private void fail(int round, Kind kind, String what, Broken why) {
        String line = "round %d, %s, %s: %s".formatted(round, kind.label(), what, why.getMessage());
        failures.add(line);
        System.err.println("FAILED: " + line);
    }

    /** Whatever was started, and its files: what runs on meanwhile finds neither. */
    private void end() {
        ending = true;
        ProcessHandle.current().descendants().forEach(started -> {
            started.destroyForcibly();
            started.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
        });
        Folders.delete(FILES);
    }

    /** What measures one workload. */
    private interface Measurement {
        void run(ObjDoubleConsumer<String> figures) throws IOException, InterruptedException;
    }
}
