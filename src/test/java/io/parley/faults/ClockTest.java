package io.parley.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.EmbeddedParley;
import io.parley.crash.Client;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock is set, an hour back and thirty days forward, while people are there. */
class ClockTest {
    private static final Duration HOUR_BACK = Duration.ofHours(-1);
    private static final Duration THIRTY_DAYS = Duration.ofDays(30).plusMinutes(1);

    private final SetClock clock = new SetClock();
    private final EmbeddedParley server;

    ClockTest(@TempDir Path data) {
        server = EmbeddedParley.start(
                Map.of("parley.limits.pingSeconds", "1", "parley.limits.writeTimeoutSeconds", "2"), data, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void timesInARoomNeverDecrease() {
        try (Client author = come("Ann")) {
            Instant first = post(author, "before");
            clock.setBy(HOUR_BACK);
            Instant back = post(author, "an hour earlier");
            assertFalse(back.isBefore(first), back + " comes after " + first);
            clock.setBy(THIRTY_DAYS);
            Instant late = post(author, "a month later");
            assertTrue(late.isAfter(first.plus(Duration.ofDays(29))), "the room's time goes on: " + late);
            clock.setBy(HOUR_BACK);
            assertFalse(post(author, "again an hour earlier").isBefore(late));
        }
    }

    @Test
    void nobodyIsThrownOutAndTimersGoOn() throws Exception {
        try (Client stays = come("Ann");
                Client listens = Client.connect(chat())) {
            listens.ok("join", Map.of("room", "lobby"));
            for (Duration set : new Duration[] {HOUR_BACK, THIRTY_DAYS, HOUR_BACK, HOUR_BACK}) {
                clock.setBy(set);
                // Longer than two intervals of pings: who would be thrown out for time that did not pass, would be by
                // then.
                assertStays(listens, 2_500);
                Instant unused = post(stays, "still there");
                try (Client another = Client.connect(chat())) {
                    assertEquals(
                            "lobby", another.ok("join", Map.of("room", "lobby")).getString("room"));
                }
            }
        }
    }

    @Test
    void aGuestIsTheSameAfterTheClockWasSetBack() {
        String token;
        String id;
        try (Client ann = Client.connect(chat())) {
            JsonObject hello = ann.ok("hello", Map.of("name", "Ann"));
            token = hello.getString("token");
            id = hello.getJsonObject("you").getString("id");
            Instant unused = post(ann, "I am here");
        }
        clock.setBy(HOUR_BACK);
        try (Client again = Client.connect(chat())) {
            JsonObject you = again.ok("hello", Map.of("token", token)).getJsonObject("you");
            assertEquals(id, you.getString("id"));
            assertEquals("Ann", you.getString("name"));
        }
        clock.setBy(Duration.ofDays(29));
        assertNotEquals("Ann", nameGiven("Ann"), "it is held while its guest may come back");
    }

    @Test
    void aGuestWhoWasAwayForThirtyDaysHoldsTheirNameNoMore() {
        try (Client ann = come("Ann")) {
            Instant unused = post(ann, "I am here");
        }
        clock.setBy(THIRTY_DAYS);
        assertEquals("Ann", nameGiven("Ann"));
    }

    private URI chat() {
        return URI.create(server.base().toString().replaceFirst("http", "ws") + "chat");
    }

    private Client come(String name) {
        Client client = Client.connect(chat());
        client.ok("hello", Map.of("name", name));
        return client;
    }

    private static Instant post(Client author, String text) {
        return Instant.parse(
                author.ok("post", Map.of("room", "lobby", "text", text)).getString("at"));
    }

    /** What somebody new is called who would be called that. */
    private String nameGiven(String wish) {
        try (Client guest = Client.connect(chat())) {
            JsonObject refusedOrNot = guest.ask("hello", Map.of("name", wish)).join();
            return refusedOrNot.containsKey("ok")
                    ? refusedOrNot.getJsonObject("ok").getJsonObject("you").getString("name")
                    : refusedOrNot.getJsonObject("error").getString("code");
        }
    }

    private static void assertStays(Client client, long millis) throws Exception {
        try {
            int code = client.ended().get(millis, TimeUnit.MILLISECONDS);
            throw new AssertionError("thrown out with " + code);
        } catch (TimeoutException there) {
            client.ok("ping", Map.of());
        }
    }
}
