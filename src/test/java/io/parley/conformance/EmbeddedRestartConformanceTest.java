package io.parley.conformance;

import io.parley.EmbeddedParley;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Stopping and starting again on the embedded server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedRestartConformanceTest implements RestartConformance {
    private final Path data;
    private EmbeddedParley parley;
    private Server server;

    EmbeddedRestartConformanceTest(@TempDir Path data) {
        this.data = data;
        parley = EmbeddedParley.start(SETTINGS, data);
        server = new Server(parley.base());
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public void start() {
        parley = EmbeddedParley.start(SETTINGS, data);
        server = new Server(parley.base());
    }

    @Override
    @AfterAll
    public void stop() {
        parley.close();
    }
}
