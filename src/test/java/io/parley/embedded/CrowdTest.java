package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.GivenSettings;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More connections, and more of bodies, than the embedded server is to bear. */
final class CrowdTest {

    private static final int MOST = 8;
    private static final int BODY_BYTES = 1024 * 1024;
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final byte[] PIECE = new byte[90 * 1024];
    private static final byte[] REST = new byte[BodyFilter.WHOLE_BYTES - 2 * PIECE.length];

    private final List<RawClient> clients = new ArrayList<>();

    @TempDir
    Path data;

    private EmbeddedServer server;

    @BeforeEach
    void start() {
        Map<String, String> settings = Map.of(
                "parley.port", "0",
                "parley.limits.httpConnections", Integer.toString(MOST),
                "parley.limits.httpConnectionsPerAddress", Integer.toString(MOST),
                "parley.limits.connections", Integer.toString(MOST),
                "parley.limits.connectionsPerAddress", Integer.toString(MOST),
                "parley.limits.bodyBytes", Integer.toString(BODY_BYTES));
        server = EmbeddedServer.start(GivenSettings.of(settings, data), new ProbeApplication());
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.stop(Duration.ofSeconds(1));
    }

    @Test
    void whoFindsNoPlaceIsCutOffAndTheOthersAreServed() throws Exception {
        List<RawClient> silent = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            silent.add(connect());
        }
        await(() -> server.httpConnections() == MOST);

        assertTrue(isCutOff(connect()));

        assertEquals(1, server.refusedConnections());
        for (RawClient served : silent) {
            assertTrue(served.send(GET).head().startsWith("HTTP/1.1 200 "));
        }
        silent.get(0).close();
        await(() -> server.httpConnections() == MOST - 1);
        assertTrue(connect().send(GET).head().startsWith("HTTP/1.1 200 "));
    }

    @Test
    void aWebSocketGivesItsPlaceToAnotherConnection() throws Exception {
        List<RawClient> webSockets = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            webSockets.add(connect());
            assertTrue(webSockets.get(i).handshake("/chat").startsWith("HTTP/1.1 101 "));
        }
        await(() -> server.httpConnections() == 0);
        for (int i = 0; i < MOST; i++) {
            assertTrue(connect().send(GET).head().startsWith("HTTP/1.1 200 "));
        }
        assertTrue(isCutOff(connect()));
        for (RawClient webSocket : webSockets) {
            webSocket.frame(0x81, "hello".getBytes(StandardCharsets.UTF_8));
            assertEquals("hello", webSocket.frame().text());
        }
    }

    @Test
    void bodiesThatAreNotWholeShareOneBudget() throws Exception {
        int fit = BODY_BYTES / (2 * PIECE.length);
        for (int i = 0; i < fit; i++) {
            beginBody().send(PIECE).send(PIECE);
        }
        await(() -> server.bodyBytes() >= 2L * fit * PIECE.length);
        assertTrue(server.bodyBytes() <= BODY_BYTES);

        RawClient refused = beginBody();
        while (server.refusedBodies() == 0) {
            long before = server.bodyBytes();
            refused.send(new byte[4 * 1024]);
            await(() -> server.bodyBytes() != before);
        }
        assertTrue(refused.head().startsWith("HTTP/1.1 503 "));
        assertEquals("", refused.remaining());

        assertEquals(1, server.refusedBodies());
        RawClient finishing = clients.get(0);
        finishing.send(REST);
        assertTrue(finishing.head().startsWith("HTTP/1.1 200 "), "what had begun is not held back");
        for (RawClient client : clients) {
            client.close();
        }
        await(() -> server.bodyBytes() == 0);
        assertTrue(beginBody().send(PIECE).send(PIECE).send(REST).head().startsWith("HTTP/1.1 200 "));
        assertEquals(0, server.bodyBytes());
    }

    @Test
    void whoSendsBytesOneByOneHasNoMoreMemoryForIt() throws Exception {
        RawClient dripping = beginBody();
        dripping.send("x");
        await(() -> server.bodyBytes() > 0);
        for (int pieces = 1; pieces <= 100; pieces++) {
            long before = server.bodyBytes();
            assertTrue(before >= pieces * 200L, before + " bytes for " + pieces + " pieces");
            dripping.send("x");
            await(() -> server.bodyBytes() > before);
        }
    }

    private RawClient connect() throws IOException {
        RawClient client = new RawClient(server.port());
        clients.add(client);
        return client;
    }

    private RawClient beginBody() throws IOException {
        return connect()
                .send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + BodyFilter.WHOLE_BYTES + "\r\n\r\n");
    }

    private static boolean isCutOff(RawClient client) throws IOException {
        try {
            return client.ended();
        } catch (SocketException reset) {
            return true;
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 10 s");
            Thread.onSpinWait();
        }
    }
}
