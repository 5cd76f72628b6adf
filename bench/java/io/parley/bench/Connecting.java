package io.parley.bench;

import io.parley.bench.Dialect.Role;
import java.io.IOException;
import java.util.function.ObjDoubleConsumer;

/** Connections that come all at once, each until it is in the room. Immutable. */
record Connecting(String name, String meaning, int connections) implements Workload.OnServer {
    @Override
    public boolean wantsWarmServer() {
        return false;
    }

    @Override
    public void measure(Server server, Timing timing, ObjDoubleConsumer<String> figures) throws IOException {
        try (Generator generator = new Generator(server.port(), server.dialect())) {
            String room = server.freshRoom(generator);
            Window window = Window.open(server);
            generator.connect(connections, room, Role.READER);
            Window.Used used = window.close();
            figures.accept("connections/s", connections / used.seconds());
            figures.accept("CPU µs/connection", used.cpuSeconds() / connections * Figure.MICROS);
        }
    }
}
