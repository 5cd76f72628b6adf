package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.parley.EmbeddedParley;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Behind a proxy, on the embedded server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedProxyConformanceTest implements ProxyConformance {
    private final EmbeddedParley parley;
    private final Server server;

    EmbeddedProxyConformanceTest(@TempDir Path data) {
        parley = EmbeddedParley.start(BEHIND, data);
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
    void theProxyItselfMayHaveMoreConnectionsThanAClient() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            assertEquals(200, server.http().get("health/live").status());
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    /** The same headers, where nobody said that 127.0.0.1 is a proxy. */
    @Test
    @Covers("hs-proxy")
    void fromAnybodyElseHeadersChangeNothing(@TempDir Path data) throws Exception {
        Map<String, String> alone = Map.of("parley.limits.connectionsPerAddress", "1");
        try (EmbeddedParley unproxied = EmbeddedParley.start(alone, data)) {
            Server direct = new Server(unproxied.base());
            direct.superchat(direct.handshake().header("X-Forwarded-For", "192.0.2.1"))
                    .ok("hello");
            for (String[] header : new String[][] {
                {"X-Forwarded-For", "192.0.2.2"}, {"Forwarded", "for=192.0.2.2"}, {"X-Forwarded-Proto", "https"}
            }) {
                assertEquals(
                        1013,
                        direct.superchat(direct.handshake().header(header[0], header[1]))
                                .closeCode());
            }
            assertEquals(
                    429,
                    direct.http()
                            .with("X-Forwarded-For", "192.0.2.3")
                            .get("api/events?wait=20")
                            .status());
            Handshake named = direct.handshake()
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Host", "chat.example.com");
            assertEquals(403, named.origin("https://chat.example.com").answer().status());
            HttpAnswer page = ProxyConformance.ask(direct, direct.authority(), "", "X-Forwarded-Proto: https");
            assertFalse(page.header("Set-Cookie").orElseThrow().contains("Secure"));
            direct.hangUp();
        }
    }
}
