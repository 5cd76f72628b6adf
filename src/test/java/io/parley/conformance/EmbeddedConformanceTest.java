package io.parley.conformance;

import io.parley.EmbeddedParley;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The suite on the embedded server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedConformanceTest
        implements HandshakeConformance,
                FrameConformance,
                CommandConformance,
                PostConformance,
                JoinConformance,
                HistoryConformance,
                CatchUpConformance,
                RoomConformance,
                PresenceConformance,
                SignalConformance,
                ChatConformance {
    private final EmbeddedParley parley;
    private final Server server;

    EmbeddedConformanceTest(@TempDir Path data) {
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
