package io.parley.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.embedded.EmbeddedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that are answered later, over real HTTP. */
final class CallTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedServer server = EchoApplication.start();

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(1));
    }

    @Test
    void theBodyIsHandedOnWhenItIsWhole() throws Exception {
        String text = "é".repeat(EchoApplication.MOST_BYTES / 2);

        assertEquals(
                "- - - " + text,
                post("/api/echo", BodyPublishers.ofString(text)).body());
        assertEquals("- - - ", post("/api/echo", BodyPublishers.noBody()).body());
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws Exception {
        byte[] tooLarge = new byte[EchoApplication.MOST_BYTES + 1];

        HttpResponse<String> said = post("/api/echo", BodyPublishers.ofByteArray(tooLarge));
        HttpResponse<String> unsaid =
                post("/api/echo", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge)));

        assertEquals(413, said.statusCode());
        assertTrue(said.body().contains("\"code\":\"too_large\""), said.body());
        assertEquals(413, unsaid.statusCode());
    }

    @Test
    void aCompressedBodyIsNotTakenForText() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri("/api/echo"))
                        .header("Content-Encoding", "br")
                        .POST(BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());

        assertEquals(415, answer.statusCode());
    }

    @Test
    void aLongAnswerArrivesWhole() throws Exception {
        HttpResponse<byte[]> answer =
                http.send(HttpRequest.newBuilder(uri("/api/large")).build(), BodyHandlers.ofByteArray());

        assertArrayEquals(new byte[EchoApplication.LARGE_BYTES], answer.body());
    }

    @Test
    void headIsAnsweredWithoutABody() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri("/api/large"))
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertEquals(200, answer.statusCode());
        assertEquals(
                Integer.toString(EchoApplication.LARGE_BYTES),
                answer.headers().firstValue("Content-Length").orElse(""));
    }

    @Test
    void whatNobodyAnswersIsUnavailableAfterAWhile() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri("/api/never"))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofString());

        assertEquals(503, answer.statusCode());
        assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
    }

    @Test
    void aBugIsToldByItsReferenceAlone() throws Exception {
        HttpResponse<String> answer = post("/api/broken", BodyPublishers.ofString("x"));

        assertEquals(500, answer.statusCode());
        assertTrue(answer.body().contains("reference"), answer.body());
        assertFalse(answer.body().contains("secret"), answer.body());
    }

    @Test
    void crowdsOfSlowBodiesAndSlowReadersKeepNobodyWaiting() throws Exception {
        Socket[] slow = new Socket[80];
        try {
            for (int i = 0; i < slow.length; i++) {
                slow[i] = i % 2 == 0 ? begin("POST /api/echo", 300_000) : begin("GET /api/large", 0);
            }
            assertEquals(
                    "- - - x", post("/api/echo", BodyPublishers.ofString("x")).body());
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** A request whose body does not come, and whose answer is not read. */
    private Socket begin(String methodAndPath, int length) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 10_000);
        OutputStream out = socket.getOutputStream();
        String head = methodAndPath + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return socket;
    }

    private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(20))
                        .POST(body)
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
