package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IdleConnectionsTest {

    private final ProbeApplication application = new ProbeApplication();
    private EmbeddedServer server;

    @BeforeEach
    void start() {
        server = EmbeddedServer.start(ProbeApplication.settings("127.0.0.1", 0), application, Duration.ofMillis(500));
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(1));
    }

    @Test
    void aWebSocketMayBeSilentForLongerThanAnythingElse() throws Exception {
        try (RawClient webSocket = new RawClient(server.port());
                RawClient silent = new RawClient(server.port());
                RawClient keptAlive = new RawClient(server.port())) {
            webSocket.handshake("/chat");
            keptAlive.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").head();

            assertTrue(silent.ended());
            keptAlive.rest();

            webSocket.frame(0x81, "still here".getBytes(StandardCharsets.UTF_8));
            assertEquals("still here", webSocket.frame().text());
        }
    }

    @Test
    void aHeadThatNeverEndsIsCutOffHoweverItGrows() throws Exception {
        try (RawClient dripping = new RawClient(server.port())) {
            dripping.send("GET / HTTP/1.1\r\nHost: localhost\r\n");
            dripping.socket().setSoTimeout(100);
            int lines = 0;
            while (!ended(dripping)) {
                dripping.send("X-More: 1\r\n");
                assertTrue(++lines < 80, "still open");
            }
        } catch (SocketException cutOff) {
            assertTrue(String.valueOf(cutOff.getMessage()).matches("(?i).*(reset|broken pipe).*"), cutOff::toString);
        }
    }

    @Test
    void aBodyThatNeverEndsIsRefusedHoweverItGrows() throws Exception {
        try (RawClient dripping = new RawClient(server.port())) {
            dripping.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n");
            dripping.socket().setSoTimeout(50);
            String answer = "";
            for (int pieces = 0; answer.isEmpty(); pieces++) {
                assertTrue(pieces < 200, "still taken");
                dripping.send("x");
                answer = headSoFar(dripping);
            }
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        }
        assertEquals(0, server.bodyBytes());
    }

    /** What there is of an answer before the client's patience ends. */
    private static String headSoFar(RawClient client) throws IOException {
        try {
            return client.head();
        } catch (SocketTimeoutException notYet) {
            return "";
        }
    }

    private static boolean ended(RawClient client) throws IOException {
        try {
            return client.ended();
        } catch (SocketTimeoutException notYet) {
            return false;
        }
    }
}
