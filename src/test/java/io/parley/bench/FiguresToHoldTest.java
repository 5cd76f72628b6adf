package io.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.bench.Results.Sample;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the report says of the figures that are to be held. */
class FiguresToHoldTest {
    private final Results results = new Results();

    @Test
    void aRatioIsThatOfTheMediansWithTheSpreadOfItsRounds() {
        measured(Workloads.FULL, Kind.PARLEY, Figure.CPU_PER_DELIVERY, 0.4, 0.5, 0.4);
        measured(Workloads.FULL, Kind.WS, Figure.CPU_PER_DELIVERY, 10, 12, 14);
        measured(Workloads.FULL, Kind.SOCKET_IO, Figure.CPU_PER_DELIVERY, 8, 8, 8);
        assertEquals(
                "at most 1/20 that of `ws` | 1/30.0 (1/35.0 to 1/24.0): 0.400 against 12.0 µs | yes",
                line("1/20 that"));
        assertEquals(
                "at most 1/30 that of `socket.io` | 1/20.0 (1/20.0 to 1/16.0): 0.400 against 8.00 µs | **no**",
                line("1/30 that"));
    }

    @Test
    void aPeerMustBeMoreThanEqualled() {
        measured(Workloads.MANY, Kind.PARLEY, Figure.CPU_PER_DELIVERY, 4);
        measured(Workloads.MANY, Kind.WS, Figure.CPU_PER_DELIVERY, 4);
        assertEquals("less than `ws` | 1.00 times: 4.00 against 4.00 µs | **no**", line("200 posts"));
    }

    @Test
    void anIdleConnectionIsHeldAgainstTheEmptyEndpoint() {
        measured(Workloads.IDLE, Kind.PARLEY, Figure.HEAP_PER_CONNECTION, 9, 9.5, 9.25);
        measured(Workloads.IDLE, Kind.EMPTY, Figure.HEAP_PER_CONNECTION, 5, 5.25, 5.5);
        assertEquals("at most 4 KiB more | 4.00 (3.75 to 4.25) KiB: 9.25 against 5.25 | yes", line("an idle"));
    }

    @Test
    void eachPairOfAStalledReaderMustLieWithinTheControlsSpread() {
        measured(Workloads.STALLED, Kind.PARLEY, "control p99 ms", 10, 20, 30, 40, 50);
        measured(Workloads.STALLED, Kind.PARLEY, "stalled p99 ms", 5, 20, 30, 40, 51);
        String held = "within the control's spread in each of 5 pairs";
        assertEquals(
                held + " | 30.0 (5.00–51.0) ms, the control's 30.0 (10.0–50.0); 4 of 5 within | **no**",
                line("the others'"));
    }

    @Test
    void fewerPairsThanAreToBeHeldAreNone() {
        measured(Workloads.STALLED, Kind.PARLEY, "control p99 ms", 10);
        measured(Workloads.STALLED, Kind.PARLEY, "stalled p99 ms", 5);
        assertTrue(line("the others'").endsWith("1 of 1 within | not measured"), line("the others'"));
    }

    @Test
    void aSmallStoreTellsNothingOfALargeOne() {
        measured(Workloads.STORE, Kind.PARLEY, Figure.ROWS, 60_000, 62_000);
        measured(Workloads.STORE, Kind.PARLEY, Figure.STORE_ROWS, 5_000_000, 500_000);
        assertTrue(line("the store alone").endsWith("a second, but at 500,000 rows | not measured"));
    }

    @Test
    void whatWasNotAskedForHasNoLineAndWhatFailedHasOne() {
        measured(Workloads.MANY, Kind.PARLEY, Figure.CPU_PER_DELIVERY, 4);
        assertEquals("", FiguresToHold.table(results, source -> false));
        assertTrue(FiguresToHold.table(results, source -> true).contains("| nothing of `gorilla` | not measured |"));
        assertFalse(FiguresToHold.table(results, source -> source.server() == Kind.PARLEY)
                .contains("gorilla"));
    }

    @Test
    void everyFigureIsMeasuredBySomeWorkloadAndServer() {
        Set<String> needed = Workloads.all().stream()
                .flatMap(workload -> Stream.of(Kind.values())
                        .filter(workload::suits)
                        .filter(kind -> FiguresToHold.need(workload, kind))
                        .map(kind -> workload.name()))
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        Workloads.START,
                        Workloads.IDLE,
                        Workloads.FULL,
                        Workloads.FEW,
                        Workloads.MANY,
                        Workloads.LATENCY,
                        Workloads.STALLED,
                        Workloads.APPENDS,
                        Workloads.STORE),
                needed);
    }

    @Test
    void whatIsNotToBeHeldIsMeasuredInTheFirstRoundsOnly() {
        Options all = Options.parse(List.of());
        Workload connecting = Workloads.all().stream()
                .filter(workload -> workload.name().equals("connect-2000"))
                .findFirst()
                .orElseThrow();
        assertTrue(all.wants(2, connecting, Kind.WS));
        assertFalse(all.wants(3, connecting, Kind.WS));
        assertTrue(Options.parse(List.of("--servers", "ws")).wants(5, connecting, Kind.WS));
    }

    private void measured(String workload, Kind server, String figure, double... rounds) {
        for (int i = 0; i < rounds.length; i++) {
            results.add(new Sample(i + 1, workload, server.label(), figure, rounds[i]));
        }
    }

    /** The first line with these words that has a result, without what it is about. */
    private String line(String words) {
        return FiguresToHold.table(results, source -> true)
                .lines()
                .filter(line -> line.contains(words) && !line.contains("nothing of"))
                .map(line -> line.replaceFirst("\\| [^|]* \\| ", "").replaceFirst(" \\|$", ""))
                .findFirst()
                .orElseThrow();
    }
}
