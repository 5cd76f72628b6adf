package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.EmbeddedParley;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The doors of HTTP on the embedded server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedApiConformanceTest implements DoConformance, PublishConformance {
    private static final int PATIENCE_MILLIS = 20_000;

    private final EmbeddedParley parley;
    private final Server server;

    EmbeddedApiConformanceTest(@TempDir Path data) {
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

    @Test
    @Covers({"http-problem", "poll-room"})
    void aFieldThatIsEncodedWronglyIsNotTakenForOneThatIsNotThere() throws Exception {
        for (String address : List.of("api/events?at=lobby%", "api/rooms?after=%zz")) {
            // Clients that build addresses by the rules cannot send these.
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                String request = "GET " + server.path(address) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

                assertEquals(400, HttpAnswer.read(socket.getInputStream()).status(), address);
            }
        }
    }

    @Test
    @Covers({"http-newcomers", "http-status"})
    void oneAddressBringsOnlySoManyNewGuests(@TempDir Path data) {
        Map<String, String> slow = Map.of("parley.limits.postsPerSecond", "1", "parley.limits.postsBurst", "2");
        try (EmbeddedParley parley = EmbeddedParley.start(slow, data)) {
            HttpApi http = new Server(parley.base()).http();
            HttpApi guest = http.guest();
            http.guest();

            HttpApi.Answered third = http.post(
                    "api/do", "application/json", Json.object("do", "hello").toString());

            assertEquals(429, third.status(), third.body());
            assertEquals("rate_limited", third.json().getString("code"));
            assertEquals("1", third.header("Retry-After"));
            assertEquals(200, guest.get("api/rooms").status());
        }
    }

    @Test
    @Covers("http-newcomers")
    void aTokenUnderWhichNobodyWasSeenYetIsANewGuestsToo(@TempDir Path data) throws Exception {
        Map<String, String> slow = Map.of("parley.limits.postsPerSecond", "1", "parley.limits.postsBurst", "2");
        try (EmbeddedParley parley = EmbeddedParley.start(slow, data)) {
            HttpApi http = new Server(parley.base()).http();
            HttpApi first = http.with("Cookie", cookie(parley.base()));

            assertEquals(200, first.get("api/rooms").status());
            assertEquals(200, http.bearer(token(parley.base())).get("api/rooms").status());
            assertEquals(
                    429,
                    http.with("Cookie", cookie(parley.base())).get("api/rooms").status());
            assertEquals(429, http.bearer(token(parley.base())).get("api/rooms").status());
            assertEquals(200, first.get("api/rooms").status());
        }
    }

    /** The session that the page gives to whoever opens it. */
    private static String cookie(URI page) throws Exception {
        // Where Java's client asks for HTTP/2 as well, it asks for an upgrade, and not for the page.
        HttpClient browser =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpResponse<Void> answer =
                browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding());
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    private static String token(URI page) throws Exception {
        return cookie(page).replaceFirst("[^=]*=", "");
    }

    @Test
    @Covers("poll-newcomers")
    void oneAddressBringsOnlySoManyReadersOfWhomNobodyKnows(@TempDir Path data) {
        Map<String, String> slow = Map.of("parley.limits.postsPerSecond", "1", "parley.limits.postsBurst", "2");
        try (EmbeddedParley parley = EmbeddedParley.start(slow, data)) {
            Server server = new Server(parley.base());
            EventsClient.Polled polled = server.events().poll();
            for (int i = 0; i < 50 && polled.http().statusCode() == 200; i++) {
                polled = server.events().poll();
            }

            assertEquals("rate_limited", polled.refusal(429));
            assertEquals("1", polled.header("Retry-After"));
        }
    }
}
