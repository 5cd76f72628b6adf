package io.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.bench.Results.Sample;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** From samples to what people read. */
class ReportTest {
    private static final Map<String, String> MEANINGS = Map.of("fan", "a room <full> of readers");

    @TempDir
    Path folder;

    @Test
    void theTableShowsMediansTheirSpreadAndTheRatio() {
        Results results = results();
        String table = Table.of(results, MEANINGS);
        assertTrue(table.contains("**fan**: a room <full> of readers"), table);
        assertTrue(table.contains("| server | CPU µs/delivery | p99 ms | CPU, Parley = 1 |"), table);
        assertTrue(table.contains("| parley | 0.250 (0.200–0.300) | 12.5 | 1.00 |"), table);
        assertTrue(table.contains("| ws | 5.00 (4.00–7.00) |  | 20.0 |"), table);
    }

    @Test
    void theRawResultsAreKeptAndReadAgain() throws Exception {
        Path csv = folder.resolve("results/raw.csv");
        results().write(csv);
        assertEquals(Table.of(results(), MEANINGS), Table.of(Results.read(csv), MEANINGS));
    }

    @Test
    void theChartHasABarForEachServerAndIsWellFormed() throws Exception {
        String chart = Chart.of(results(), MEANINGS);
        assertEquals(1, chart.split("class=\"bar parley\"", -1).length - 1);
        assertEquals(1, chart.split("class=\"bar peer\"", -1).length - 1);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(chart)));
    }

    @Test
    void percentilesAreTrueToThreePercent() {
        Latencies latencies = new Latencies();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        double[] millis = random.doubles(10_000, 0.2, 5_000).sorted().toArray();
        for (double each : millis) {
            latencies.record((long) (each * 1e6));
        }
        for (double share : List.of(0.01, 0.5, 0.99, 0.999)) {
            double exact = millis[(int) Math.ceil(share * millis.length) - 1];
            assertEquals(exact, latencies.millis(share), 0.04 * exact, "seed " + seed);
        }
        latencies.clear();
        assertTrue(Double.isNaN(latencies.millis(0.5)));
    }

    @Test
    void theHeapOfEachCollectorIsRead() {
        assertEquals(1_234 + 56_789, ProcessFigures.heapKib("""
                 def new generation   total 78656K, used 1234K [0x1, 0x2, 0x3)
                  eden space 69952K,  31% used [0x1, 0x2, 0x3)
                 tenured generation   total 174784K, used 56789K [0x1, 0x2, 0x3)
                 Metaspace       used 41000K, committed 42000K, reserved 1000K
                """));
        assertEquals(4_321, ProcessFigures.heapKib(" garbage-first heap   total 262144K, used 4321K [0x1, 0x2)\n"));
        assertThrows(Broken.class, () -> ProcessFigures.heapKib("no such process"));
    }

    @Test
    void optionsThatAreNoneAreRefused() {
        assertEquals(1, Options.parse(List.of("--quick")).rounds());
        assertEquals(3, Options.parse(List.of("--rounds", "3", "--quick")).rounds());
        assertEquals(List.of(Kind.WS), Options.parse(List.of("--servers", "ws")).servers());
        for (List<String> words : List.of(
                List.of("--fast"), List.of("--rounds"), List.of("--rounds", "0"), List.of("--servers", "irc"))) {
            assertThrows(IllegalArgumentException.class, () -> Options.parse(words), words::toString);
        }
    }

    private static Results results() {
        Results results = new Results();
        List.of(0.3, 0.2, 0.25)
                .forEach(value -> results.add(new Sample(1, "fan", "parley", Figure.CPU_PER_DELIVERY, value)));
        List.of(7.0, 4.0, 5.0)
                .forEach(value -> results.add(new Sample(1, "fan", "ws", Figure.CPU_PER_DELIVERY, value)));
        results.add(new Sample(1, "fan", "parley", Figure.P99, 12.5));
        return results;
    }
}
