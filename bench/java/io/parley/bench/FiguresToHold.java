package io.parley.bench;

import io.parley.bench.ToHold.AtLeast;
import io.parley.bench.ToHold.AtMost;
import io.parley.bench.ToHold.AtSize;
import io.parley.bench.ToHold.Difference;
import io.parley.bench.ToHold.Measured;
import io.parley.bench.ToHold.Ratio;
import io.parley.bench.ToHold.Source;
import io.parley.bench.ToHold.Verdict;
import io.parley.bench.ToHold.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All figures that Parley is held to, and the table that says which of them it reached. Stateless. */
final class FiguresToHold {
    static final int PAIRS = 5;
    static final int STORE_ROWS = 5_000_000;

    /** {@code parley.limits.batchBytes}: what may be under way to a reader who takes nothing. */
    private static final int BATCH_KIB = 64;

    private static final List<ToHold> ALL = all();

    private FiguresToHold() {}

    /** Whether one of them is about this. */
    static boolean need(Workload workload, Kind kind) {
        return ALL.stream()
                .flatMap(held -> held.sources().stream())
                .anyMatch(source -> source.workload().equals(workload.name()) && source.server() == kind);
    }

    /**
     * Those that a run was asked for, as Markdown; empty when there are none.
     *
     * @param asked whether something was to be measured
     */
    static String table(Results results, Predicate<Source> asked) {
        List<String> lines = ALL.stream()
                .filter(held -> held.sources().stream().allMatch(asked))
                .map(held -> line(held, results))
                .toList();
        return lines.isEmpty() ? "" : """

                **Against what is to be held**, by medians

                | what | to hold | measured | reached |
                |---|---|---|---|
                %s
                """.formatted(String.join("\n", lines));
    }

    private static String line(ToHold held, Results results) {
        List<Source> missing = held.sources().stream()
                .filter(source -> source.spread(results).count() == 0)
                .toList();
        Measured measured = missing.isEmpty()
                ? held.of(results)
                : new Measured(
                        "nothing of "
                                + missing.stream()
                                        .map(source -> "`" + source.server().label() + "`")
                                        .distinct()
                                        .collect(Collectors.joining(" and of ")),
                        Verdict.NOT_MEASURED);
        return "| %s | %s | %s | %s |".formatted(held.what(), held.bound(), measured.text(), measured.verdict());
    }

    private static List<ToHold> all() {
        List<ToHold> all = new ArrayList<>();
        String full = "1,000 readers, saturated: CPU for each delivery";
        all.add(cpu(full, Workloads.FULL, Kind.WS, 1.0 / 20));
        all.add(cpu(full, Workloads.FULL, Kind.GORILLA, 1.0 / 20));
        all.add(cpu(full, Workloads.FULL, Kind.SOCKET_IO, 1.0 / 30));
        all.add(cpu(full, Workloads.FULL, Kind.GORILLA_JOINING, 1.0 / 4));
        String few = "1,000 readers, 40 posts a second: ";
        all.add(cpu(few + "CPU for each delivery", Workloads.FEW, Kind.WS, 1.15));
        all.add(new Ratio(
                few + "p99", parley(Workloads.FEW, Figure.P99), of(Workloads.FEW, Kind.WS, Figure.P99), 1.5, "ms"));
        String many = "1,000 readers, 200 posts a second: CPU for each delivery";
        for (Kind peer : List.of(Kind.WS, Kind.GORILLA, Kind.GORILLA_JOINING, Kind.SOCKET_IO)) {
            all.add(cpu(many, Workloads.MANY, peer, 1));
        }
        all.add(new AtMost(
                "100 readers, 50 posts a second, durable, until all have seen a post: p99",
                parley(Workloads.LATENCY, Figure.P99),
                20,
                "ms"));
        all.add(new Difference(
                "an idle connection: heap, against an empty endpoint of the same container",
                parley(Workloads.IDLE, Figure.HEAP_PER_CONNECTION),
                of(Workloads.IDLE, Kind.EMPTY, Figure.HEAP_PER_CONNECTION),
                4,
                "KiB"));
        all.add(new Within(
                "a reader that stops reading: the others' p99",
                parley(Workloads.STALLED, Figure.STALLED + " " + Figure.P99),
                parley(Workloads.STALLED, Figure.CONTROL + " " + Figure.P99),
                PAIRS,
                "ms"));
        all.add(new Difference(
                "the same: live heap, against the control (one batch)",
                parley(Workloads.STALLED, Figure.STALLED + " " + Figure.HEAP_MORE),
                parley(Workloads.STALLED, Figure.CONTROL + " " + Figure.HEAP_MORE),
                BATCH_KIB,
                "KiB"));
        all.add(new AtSize(
                new AtLeast(
                        "appends, the store alone, five million rows",
                        parley(Workloads.STORE, Figure.ROWS),
                        50_000,
                        "a second"),
                parley(Workloads.STORE, Figure.STORE_ROWS),
                STORE_ROWS,
                "rows"));
        all.add(new AtLeast(
                "appends over WebSocket, 1,000 authors, one post outstanding each",
                parley(Workloads.APPENDS, Figure.POSTS),
                25_000,
                "a second"));
        all.add(new AtMost(
                "from `java -jar` to the first message", parley(Workloads.START, Figure.FIRST_MESSAGE), 2, "s"));
        return List.copyOf(all);
    }

    private static ToHold cpu(String what, String workload, Kind peer, double most) {
        return new Ratio(
                what,
                parley(workload, Figure.CPU_PER_DELIVERY),
                of(workload, peer, Figure.CPU_PER_DELIVERY),
                most,
                "µs");
    }

    private static Source parley(String workload, String figure) {
        return of(workload, Kind.PARLEY, figure);
    }

    private static Source of(String workload, Kind kind, String figure) {
        return new Source(workload, kind, figure);
    }
}
