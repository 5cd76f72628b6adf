package io.parley.conformance;

import io.parley.EmbeddedParley;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Polls and event streams on the embedded server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedEventsConformanceTest implements EventsConformance, StreamConformance {
    private final EmbeddedParley parley;
    private final Server server;

    EmbeddedEventsConformanceTest(@TempDir Path data) {
        parley = EmbeddedParley.start(SETTINGS, data);
        server = new Server(parley.base());
    }

    @Override
    public Server server() {
        return server;
    }

    @AfterAll
    void stop() {
        parley.close();
    }
}
