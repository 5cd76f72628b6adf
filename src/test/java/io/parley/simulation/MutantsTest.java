package io.parley.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the simulation would find what it is there to find: bugs put into the core one by one. */
class MutantsTest {
    private static final Logger LOG = System.getLogger(MutantsTest.class.getName());
    private static final int SEEDS = 500;

    static List<Mutant> mutants() {
        return Mutant.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void everyMutantIsFound(Mutant mutant, @TempDir Path folder) throws Exception {
        LongFunction<String> simulation = MutantLoader.simulationOf(mutant, folder);
        for (int seed = 0; seed < SEEDS; seed++) {
            String violation = simulation.apply(seed);
            if (!violation.isEmpty()) {
                String what = violation.lines().findFirst().orElse("");
                LOG.log(Level.INFO, "{0}: found by schedule {1}: {2}", mutant, seed + 1, what);
                return;
            }
        }
        fail("not found within " + SEEDS + " schedules: " + mutant);
    }
}
