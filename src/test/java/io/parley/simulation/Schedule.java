package io.parley.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Owns everything that could happen next, and picks by a seed. Confined to the simulation's thread.
 *
 * <p>What threads would do at the same time is done one after another here, but for calls of the log: while one of them
 * {@linkplain #pause() waits}, anything else may go on, up to a few calls deep.
 */
final class Schedule {
    private static final int STEPS_TOLD = 60;
    private static final int MOST_CALLS_WAITING = 3;
    private static final int MOST_STEPS_IN_A_PAUSE = 6;

    private final Random random;
    private final List<Lane> lanes = new ArrayList<>();
    private final ArrayDeque<String> told = new ArrayDeque<>();
    private @Nullable String violation;
    private boolean pausing = true;
    private int waiting;
    private long steps;
    private long fingerprint;

    Schedule(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** A number from 0 on, smaller than the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[below(choices.length)];
    }

    void add(Lane lane) {
        lanes.add(lane);
    }

    void remove(Lane lane) {
        lanes.remove(lane);
    }

    /** Does something that can be done; false when there is nothing. */
    boolean step() {
        List<Lane> ready = new ArrayList<>();
        int weight = 0;
        for (Lane lane : lanes) {
            if (lane.isReady()) {
                ready.add(lane);
                weight += lane.weight();
            }
        }
        if (ready.isEmpty()) {
            return false;
        }
        int place = random.nextInt(weight);
        int index = 0;
        while (place >= ready.get(index).weight()) {
            place -= ready.get(index++).weight();
        }
        Lane next = ready.get(index);
        steps++;
        tell(next.name());
        next.step();
        return true;
    }

    /** A call of the log takes its time: others go on meanwhile. */
    void pause() {
        if (!pausing || waiting == MOST_CALLS_WAITING || random.nextInt(3) > 0) {
            return;
        }
        waiting++;
        try {
            int most = 1 + random.nextInt(MOST_STEPS_IN_A_PAUSE);
            tell("(the log takes its time");
            for (int i = 0; i < most && violation == null; i++) {
                step();
            }
            tell("the log goes on)");
        } finally {
            waiting--;
        }
    }

    /** From now on calls of the log take no time. */
    void calmDown() {
        pausing = false;
    }

    /** Whether this step is inside a call of the log that waits. */
    boolean isInsidePause() {
        return waiting > 0;
    }

    /** Remembers what is being done, for whoever has to find out why. */
    void tell(String what) {
        if (told.size() == STEPS_TOLD) {
            told.removeFirst();
        }
        told.addLast(steps + " " + what);
        fingerprint = 31 * fingerprint + what.hashCode();
    }

    /** What must hold does not. The first of these ends the simulation. */
    void violated(String what) {
        if (violation == null) {
            violation = what + "\n  the last steps were\n  " + String.join("\n  ", told);
        }
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            violated(otherwise);
        }
    }

    @Nullable
    String violation() {
        return violation;
    }

    long steps() {
        return steps;
    }

    /** Equal for equal schedules. */
    long fingerprint() {
        return fingerprint;
    }
}
