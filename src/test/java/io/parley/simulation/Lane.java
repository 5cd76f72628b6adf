package io.parley.simulation;

import java.util.function.BooleanSupplier;

/**
 * Something that could go on next: a thread, or as many as {@code mostAtOnce}. Confined to the simulation's thread.
 *
 * <p>While one of its steps waits for the log, other lanes may go on: then it is under way.
 */
final class Lane {
    private final String name;
    private final int weight;
    private final int mostAtOnce;
    private final BooleanSupplier ready;
    private final Runnable step;
    private int underWay;

    /** @param weight how often it is picked, compared with others */
    Lane(String name, int weight, int mostAtOnce, BooleanSupplier ready, Runnable step) {
        this.name = name;
        this.weight = weight;
        this.mostAtOnce = mostAtOnce;
        this.ready = ready;
        this.step = step;
    }

    String name() {
        return name;
    }

    int weight() {
        return weight;
    }

    boolean isReady() {
        return underWay < mostAtOnce && ready.getAsBoolean();
    }

    void step() {
        underWay++;
        try {
            step.run();
        } finally {
            underWay--;
        }
    }
}
