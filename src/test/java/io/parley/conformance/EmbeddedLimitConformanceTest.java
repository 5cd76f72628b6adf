package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.EmbeddedParley;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The limits on the embedded server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedLimitConformanceTest implements LimitConformance, EventLimitConformance {
    private final EmbeddedParley parley;
    private final Server server;

    EmbeddedLimitConformanceTest(@TempDir Path data) {
        parley = EmbeddedParley.start(LIMITS, data);
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

    @Test
    @Covers({"close-3000", "hs-identity"})
    void whereGuestsAreNotAllowedNobodyIsLetInWithoutAnAccount(@TempDir Path data) throws Exception {
        try (EmbeddedParley guestless = EmbeddedParley.start(Map.of("parley.guests", "false"), data)) {
            Server closed = new Server(guestless.base());
            SuperchatClient program = closed.superchat();
            assertEquals("not_authenticated", program.error("ping").getString("code"));
            assertEquals(3000, program.closeCode());
            assertEquals(3000, closed.wire(closed.handshake()).closeCode());
            closed.hangUp();
        }
    }

    @Test
    @Covers("hs-host")
    void aLoopbackServerGoesByNoOtherNameThanLoopbacks() {
        assertEquals(101, server.handshake().host("localhost").answer().status());
        assertEquals(101, server.handshake().host("[::1]:80").answer().status());
        assertEquals(403, server.handshake().host("server.example.com").answer().status());
    }
}
