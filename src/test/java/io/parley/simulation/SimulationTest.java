package io.parley.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The core under thousands of schedules.
 *
 * <p>{@code -Dsimulation.seed=N} replays one; {@code -Dsimulation.seeds=N} runs more of them, beginning at {@code -Dsimulation.first=N}.
 */
class SimulationTest {
    private static final int SEEDS_IN_THE_BUILD = 1_000;

    @Test
    void everyScheduleHolds() {
        Long one = Long.getLong("simulation.seed");
        long first = one == null ? Long.getLong("simulation.first", 0) : one;
        long seeds = one == null ? Long.getLong("simulation.seeds", SEEDS_IN_THE_BUILD) : 1;
        long began = System.nanoTime();
        Optional<String> violation = LongStream.range(first, first + seeds)
                .parallel()
                .mapToObj(Simulation::run)
                .filter(found -> !found.isEmpty())
                .findFirst();
        assertEquals("", violation.orElse(""));
        System.Logger log = System.getLogger(SimulationTest.class.getName());
        log.log(System.Logger.Level.INFO, "{0} schedules in {1} ms", seeds, (System.nanoTime() - began) / 1_000_000);
    }

    @Test
    void aSeedIsOneScheduleAndNoOther() {
        for (long seed = 0; seed < 20; seed++) {
            assertEquals(Simulation.fingerprint(seed), Simulation.fingerprint(seed), "of seed " + seed);
        }
        assertNotEquals(Simulation.fingerprint(1), Simulation.fingerprint(2));
    }
}
