package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request ends is said plainly, or the connection ends: RFC 9112 §6.3 and §11.2, on bare sockets. */
final class FramingTest {

    private static final String CHUNKS = "5\r\nhello\r\n0\r\n\r\n";
    private static final String SMUGGLED = "GET /later/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

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
    @ValueSource(
            strings = {
                "1.1|Transfer-Encoding: chunked|Content-Length: 5",
                "1.1|Content-Length: 5|Transfer-Encoding: chunked",
                "1.1|Content-Length: 0|Transfer-Encoding: chunked",
                "1.1|Transfer-Encoding: chunkedly",
                "1.1|Transfer-Encoding: chunked, gzip",
                "1.1|Transfer-Encoding: gzip, chunked",
                "1.1|Transfer-Encoding: identity",
                "1.1|Transfer-Encoding: chunked, chunked",
                "1.1|Transfer-Encoding: chunked|Transfer-Encoding: chunked",
                "1.1|Transfer-Encoding: chunked|Transfer-Encoding: gzip",
                "1.1|Transfer-Encoding:",
                "1.1|Transfer-Encoding : chunked",
                "1.1|Content-Length : 5",
                "1.0|Transfer-Encoding: chunked",
                "1.0|Connection: keep-alive|Transfer-Encoding: chunked",
                "1.1|Content-Length: 5|Content-Length: 5",
                "1.1|Content-Length: 5|Content-Length: 6",
                "1.1|Content-Length: 5, 5",
                "1.1|Content-Length: +5",
                "1.1|Content-Length: -5",
                "1.1|Content-Length: 0x5",
                "1.1|Content-Length: 99999999999999999999",
                "1.1|Content-Length:"
            })
    void anAmbiguousRequestIsRefusedAndWhatFollowsItIsNotHeard(String head) throws Exception {
        String[] parts = head.split("\\|", 2);
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST / HTTP/" + parts[0] + "\r\nHost: localhost\r\n" + parts[1].replace("|", "\r\n")
                    + "\r\n\r\n" + CHUNKS + SMUGGLED);

            String answer = client.head();

            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("Connection: close\r\n"), answer);
            String more = client.remaining();
            assertEquals("", more);
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /later/ordinary HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals("/ordinary", ProbeApplication.next(application.paths));
            ProbeApplication.next(application.suspended).complete();
        }
    }

    @Test
    void anAmbiguousHandshakeIsRefusedAsWell() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            String answer = client.handshake("/chat", "Transfer-Encoding: chunked");
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked",
                "transfer-encoding:CHUNKED",
                "Transfer-Encoding: \t chunked \t",
                "X-Other: Transfer-Encoding: gzip|Transfer-Encoding: chunked"
            })
    void aPlainlyChunkedBodyArrives(String head) throws Exception {
        assertArrives(head, CHUNKS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5", "content-length:5", "Content-Length: 0005 "})
    void aBodyOfPlainLengthArrives(String head) throws Exception {
        assertArrives(head, "hello");
    }

    private void assertArrives(String head, String body) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            // The second in the same packet is the next request, and heard.
            String request = "POST / HTTP/1.1\r\nHost: localhost\r\n" + head.replace("|", "\r\n") + "\r\n\r\n" + body;
            client.send(request + request.replace("HTTP/1.1\r\n", "HTTP/1.1\r\nConnection: close\r\n"));
            String answers = client.head() + client.remaining();
            assertEquals(3, answers.split("HTTP/1.1 200 ", -1).length, answers);
            assertEquals(3, answers.split("5 bytes", -1).length, answers);
        }
    }
}
