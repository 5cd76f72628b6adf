package io.parley.bench;

import io.parley.bench.Dialect.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.function.ObjDoubleConsumer;

/** What a connection costs that is in a room and says nothing. Immutable. */
record IdleConnections(String name, String meaning, int connections) implements Workload.OnServer {
    /** Until what connecting took is given back: presence is told, buffers are let go. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

    @Override
    public boolean suits(Kind kind) {
        return true;
    }

    @Override
    public boolean wantsWarmServer() {
        return false;
    }

    @Override
    public void measure(Server server, Timing timing, ObjDoubleConsumer<String> figures) throws IOException {
        boolean java = server.kind().isJava();
        try (Generator generator = new Generator(server.port(), server.dialect())) {
            String room = server.freshRoom(generator);
            // What is loaded and compiled for the first connection is no connection's.
            generator.connect(connections / 50, room, Role.READER);
            generator.idle(SETTLE);
            long heap = java ? server.heapKib() : 0;
            long resident = server.residentKib();
            generator.connect(connections, room, Role.READER);
            generator.idle(SETTLE);
            if (java) {
                figures.accept(Figure.HEAP_PER_CONNECTION, (double) (server.heapKib() - heap) / connections);
            }
            figures.accept("resident KiB/connection", (double) (server.residentKib() - resident) / connections);
            figures.accept("resident MiB", server.residentKib() / 1024.0);
        }
    }
}
