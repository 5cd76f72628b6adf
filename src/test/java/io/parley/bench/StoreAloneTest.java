package io.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read from a program of the store's own. */
class StoreAloneTest {
    private final Map<String, Double> figures = new HashMap<>();

    @Test
    void whatCameOfAllRowsIsReadAndNotOfAMillion() {
        StoreAlone.read("""
                to row 1000000: 41000 rows/s; a group p50 4.2 ms, p99 12.5 ms, longest 70.0 ms
                all: 44400 rows/s; a group p50 4.1 ms, p99 12.2 ms, longest 80.1 ms
                with making them up: 40100 rows/s; 22.60 microseconds of processor time a row
                log at the end: 12 MiB
                """, figures::put);
        assertEquals(44_400, figures.get(Figure.ROWS));
        assertEquals(40_100, figures.get("rows/s with making them up"));
        assertEquals(4.1, figures.get("group p50 ms"));
        assertEquals(12.2, figures.get("group p99 ms"));
        assertEquals(22.6, figures.get("CPU µs/row"));
    }

    @Test
    void aProgramThatSaysSomethingElseHasMeasuredNothing() {
        assertThrows(Broken.class, () -> StoreAlone.read("Exception in thread main", figures::put));
    }
}
