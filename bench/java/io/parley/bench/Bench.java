package io.parley.bench;

import io.parley.bench.Results.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench/run} runs: round by round each server in turn, in one order and then in the other, through all workloads.
 *
 * <p>Exit codes: 0 all was measured and nothing was lost, doubled or out of order; 1 something was; 2 called wrongly. Confined to one
 * thread, but for the hook that ends the server when the process is told to end.
 */
public final class Bench {
    private static final Path FOLDER = Path.of("target/bench");
    private static final Path RESULTS = Path.of("bench/results");

    private final Options options;
    private final Results results = new Results();
    private final List<String> failures = new ArrayList<>();
    private volatile @Nullable Server running;

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
        Runtime.getRuntime().addShutdownHook(new Thread(this::endServer, "bench-stop"));
        Files.createDirectories(FOLDER);
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
        String report = Report.text(begun, options, csv, Table.of(results, meanings), failures);
        System.out.println(report);
        if (options.publish()) {
            Report.publish(report, Chart.of(results, meanings));
        }
        return failures.isEmpty() ? 0 : 1;
    }

    private void measure(int round, Kind kind) throws IOException, InterruptedException {
        List<Workload> left = new ArrayList<>(options.workloads());
        left.removeIf(workload -> !workload.suits(kind));
        while (!left.isEmpty()) {
            boolean everyCore = left.get(0).wantsEveryCore();
            try (Server server = new Server(kind, FOLDER.resolve("server"), everyCore)) {
                running = server;
                // After a failure nobody knows what the server still does: the rest is for a fresh one.
                boolean whole = true;
                boolean warm = false;
                while (whole && !left.isEmpty() && left.get(0).wantsEveryCore() == everyCore) {
                    if (!warm && left.get(0).wantsWarmServer()) {
                        FanOut.burnIn(server);
                        warm = true;
                    }
                    whole = measure(round, server, left.remove(0));
                }
                if (whole) {
                    long kept = server.stop();
                    if (kept >= 0) {
                        System.err.printf(
                                "round %d, %s: all %,d acknowledged posts are in the store%n",
                                round, kind.label(), kept);
                    }
                }
            } catch (Broken e) {
                fail(round, kind, "start or end", e);
            } finally {
                running = null;
            }
        }
    }

    private boolean measure(int round, Server server, Workload workload) throws IOException {
        String label = server.kind().label();
        Map<String, Double> figures = new TreeMap<>();
        try {
            workload.measure(server, options.timing(), (figure, value) -> {
                results.add(new Sample(round, workload.name(), label, figure, value));
                figures.put(figure, value);
            });
        } catch (Broken e) {
            fail(round, server.kind(), workload.name(), e);
            return false;
        }
        System.err.printf(
                "round %d, %s, %s: %s%n",
                round,
                label,
                workload.name(),
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

    private void endServer() {
        Server server = running;
        if (server != null) {
            server.close();
        }
    }
}
