package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The opening handshake, RFC 6455 §4, as the embedded server answers it. */
final class HandshakeTest {

    private final ProbeApplication application = new ProbeApplication();
    private EmbeddedServer server;

    @BeforeEach
    void start() {
        server = application.start();
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat", "/", "/chat?room=lobby"})
    void theRootAndTheChatPathBecomeWebSockets(String path) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            String answer = client.handshake(path, "Sec-WebSocket-Protocol: chat, superchat");

            assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
            assertTrue(answer.contains("HSmrc0sMlYUkAGmm5OPpG2HaGWk="), answer);
            assertTrue(answer.toLowerCase(Locale.ROOT).contains("sec-websocket-protocol: chat\r\n"), answer);
            client.frame(0x81, "hello".getBytes(StandardCharsets.UTF_8));
            assertEquals("hello", client.frame().text());
        }
    }

    @Test
    void aForeignOriginIsRefusedAndTheConnectionEnds() throws Exception {
        assertRefused("403", "/chat", "Origin: http://evil.example");
    }

    @Test
    void anotherVersionIsToldWhichOneIsSpoken() throws Exception {
        String answer = assertRefused("426", "/chat", "Sec-WebSocket-Version: 8");

        assertTrue(answer.toLowerCase(Locale.ROOT).contains("sec-websocket-version: 13\r\n"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat|", "/%zz", "/chat?%zz=1", "/chat/../chat"})
    void aMalformedAddressHarmsNothing(String path) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            String answer = client.handshake(path);
            assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
        }
        theRootAndTheChatPathBecomeWebSockets("/chat");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 503})
    void whateverStatusTheEndpointSetsEndsTheConnection(int status) throws Exception {
        assertRefused(Integer.toString(status), "/chat?status=" + status, "X-Nothing: special");

        assertTrue(application.opened.isEmpty());
    }

    @Test
    void aHandshakeWithoutKeyIsRefused() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(lines("GET /chat HTTP/1.1", "Upgrade: websocket", "Sec-WebSocket-Version: 13"));
            String answer = client.head();
            assertFalse(answer.startsWith("HTTP/1.1 101"), answer);
            assertTrue(client.ended());
        }
    }

    @Test
    void anUpgradeOfAnotherPathIsAnOrdinaryRequest() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            assertTrue(client.handshake("/nothing").startsWith("HTTP/1.1 404 "));
        }
    }

    @Test
    void aPostThatAsksForAWebSocketIsAnOrdinaryRequest() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(lines("POST /chat HTTP/1.1", "Upgrade: websocket", "Content-Length: 0"));
            String answer = client.head();
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        }
    }

    @Test
    void theEndpointLearnsThePeersAddress() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.handshake("/chat");
            client.frame(0x81, "peer".getBytes(StandardCharsets.UTF_8));

            assertEquals(
                    "/127.0.0.1:" + client.socket().getLocalPort(),
                    client.frame().text());
        }
    }

    @Test
    void aGateRefusesBeforeTheEndpointIsAsked() throws Exception {
        ProbeApplication gated = new ProbeApplication(OptionalInt.of(400));
        EmbeddedServer guarded = gated.start();
        try (RawClient client = new RawClient(guarded.port())) {
            String answer = client.handshake("/chat");
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(client.ended());
            assertTrue(gated.opened.isEmpty());
        } finally {
            guarded.stop(Duration.ofSeconds(2));
        }
    }

    private String assertRefused(String status, String path, String header) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            String answer = client.handshake(path, header);
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertTrue(answer.contains("Content-Length: 0\r\n"), answer);
            assertTrue(answer.contains("Connection: close\r\n"), answer);
            assertTrue(client.ended());
            return answer;
        }
    }

    private static String lines(String... head) {
        return String.join("\r\n", head) + "\r\nHost: localhost\r\nConnection: Upgrade\r\n\r\n";
    }
}
