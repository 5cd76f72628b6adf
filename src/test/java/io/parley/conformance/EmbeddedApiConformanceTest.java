package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.EmbeddedParley;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The doors of HTTP on the embedded server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedApiConformanceTest implements DoConformance, PublishConformance {
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
