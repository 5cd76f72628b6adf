package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies, and what a peer can do that never ends its own or never reads the answer. */
final class BodyTest {

    private static final int SMALL_WINDOW = 4 * 1024;
    private static final int MORE_THAN_THERE_ARE_THREADS = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ProbeApplication application = new ProbeApplication();
    private EmbeddedServer server;

    @BeforeEach
    void start() {
        server = application.start();
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, BodyFilter.WHOLE_BYTES, BodyFilter.WHOLE_BYTES + 1, 5_000_000})
    void aBodyArrivesWhole(int bytes) throws Exception {
        HttpResponse<String> answer = post(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]), false);

        assertEquals(bytes + " bytes", answer.body());
    }

    @Test
    void aBodyArrivesWholeThoughItsSenderAsksForAnotherProtocol() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .version(HttpClient.Version.HTTP_2)
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString("hello"))
                .build();

        assertEquals(
                "5 bytes",
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Test
    void aBodyWithoutLengthArrivesWholeIfItIsShort() throws Exception {
        assertEquals("100000 bytes", post(withoutLength(100_000), false).body());
        assertEquals(411, post(withoutLength(BodyFilter.WHOLE_BYTES * 2), false).statusCode());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100_000, 5_000_000})
    void whoAsksBeforeSendingIsToldToGoOn(int bytes) throws Exception {
        HttpResponse<String> answer = post(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]), true);

        assertEquals(bytes + " bytes", answer.body());
    }

    @Test
    void aBodyInManyPiecesArrivesWhole() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n");
            for (int i = 0; i < 1_000; i++) {
                client.send("x");
            }
            assertTrue(client.head().startsWith("HTTP/1.1 200 "));
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertTrue(client.head().contains("HTTP/1.1 200 "));
        }
    }

    @Test
    void unfinishedBodiesHoldNoThread() throws Exception {
        List<RawClient> peers = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_THAN_THERE_ARE_THREADS; i++) {
                peers.add(new RawClient(server.port())
                        .send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx"));
            }

            assertEquals(
                    "0 bytes", post(HttpRequest.BodyPublishers.noBody(), false).body());
        } finally {
            for (RawClient peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void answersThatNobodyReadsHoldNoThread() throws Exception {
        List<RawClient> peers = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_THAN_THERE_ARE_THREADS; i++) {
                peers.add(new RawClient(server.port(), SMALL_WINDOW)
                        .send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }

            assertEquals(
                    "0 bytes", post(HttpRequest.BodyPublishers.noBody(), false).body());
        } finally {
            for (RawClient peer : peers) {
                peer.close();
            }
        }
    }

    private HttpResponse<String> post(HttpRequest.BodyPublisher body, boolean expectContinue)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(10))
                .expectContinue(expectContinue)
                .POST(body)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.BodyPublisher withoutLength(int bytes) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[bytes]));
    }
}
