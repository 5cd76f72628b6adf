package io.parley.bench;

import java.io.IOException;

/** The time between two readings of the clocks. Confined to the generator's thread. */
final class Window {
    private static final double NANOS = 1e9;

    /**
     * What was used in it. Immutable.
     *
     * @param cpuSeconds the server's
     * @param generatorShare of a core
     */
    record Used(double seconds, double cpuSeconds, double generatorShare) {}

    private final Server server;
    private final double cpu;
    private final double generator;
    private final long begin;

    private Window(Server server) throws IOException {
        this.server = server;
        this.cpu = server.cpuSeconds();
        this.generator = generatorSeconds();
        this.begin = System.nanoTime();
    }

    static Window open(Server server) throws IOException {
        return new Window(server);
    }

    Used close() throws IOException {
        double seconds = (System.nanoTime() - begin) / NANOS;
        return new Used(seconds, server.cpuSeconds() - cpu, (generatorSeconds() - generator) / seconds);
    }

    private static double generatorSeconds() throws IOException {
        return ProcessFigures.cpuSeconds(ProcessHandle.current().pid());
    }
}
