package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.ParleyProcess;
import io.parley.conformance.Covers;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To send a post again under its key never makes a second entry (docs/protocol.md §4). */
class ResendIT {
    private static final int POSTS = 300;
    private static final int AT_A_TIME = 30;

    @TempDir
    Path data;

    private ParleyProcess server;

    @BeforeEach
    void start() throws IOException {
        server = new ParleyProcess(data, "limits.page=1000");
        server.start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    @Covers({"key-resend", "key-same"})
    void theSameKeyOnTwoSocketsAtTheSameTimeMakesOneEntryAndNoneAfterAKill() throws Exception {
        String token;
        List<JsonObject> first = new ArrayList<>();
        try (Client one = Client.connect(server.chat());
                Client two = Client.connect(server.chat())) {
            token = one.ok("hello", Map.of()).getString("token");
            two.ok("hello", Map.of("token", token));
            for (int from = 0; from < POSTS; from += AT_A_TIME) {
                List<CompletableFuture<JsonObject>> replies = new ArrayList<>();
                for (int number = from; number < from + AT_A_TIME; number++) {
                    // Now one is a little earlier, now the other.
                    replies.add((number % 2 == 0 ? one : two).ask("post", post(number)));
                    replies.add((number % 2 == 0 ? two : one).ask("post", post(number)));
                }
                for (int i = 0; i < replies.size(); i += 2) {
                    first.add(oneEntry(ok(replies.get(i)), ok(replies.get(i + 1))));
                }
            }
            assertEquals(POSTS, head(one));
        }

        server.kill();
        server.awaitEnd();
        server.start();

        try (Client again = Client.connect(server.chat())) {
            again.ok("hello", Map.of("token", token));
            for (int number = 0; number < POSTS; number++) {
                JsonObject ok = again.ok("post", post(number));
                assertTrue(ok.getBoolean("duplicate"), ok::toString);
                assertEquals(first.get(number).get("seq"), ok.get("seq"));
                assertEquals(first.get(number).get("at"), ok.get("at"));
            }
            assertEquals(POSTS, head(again));
            assertFalse(again.ok("post", post(POSTS)).getBoolean("duplicate"));
            assertEquals(POSTS + 1, head(again));
        }
    }

    private static Map<String, String> post(int number) {
        return Map.of("room", "lobby", "key", "a-key-of-my-own-making-" + number, "text", "number " + number);
    }

    private static JsonObject ok(CompletableFuture<JsonObject> reply) throws Exception {
        JsonObject answer = reply.get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonObject ok = answer.getJsonObject("ok");
        assertTrue(ok != null, answer::toString);
        return ok == null ? answer : ok;
    }

    /** The two answers name one entry, which exactly one of them made. */
    private static JsonObject oneEntry(JsonObject one, JsonObject other) {
        assertEquals(one.get("seq"), other.get("seq"));
        assertEquals(one.get("at"), other.get("at"));
        assertTrue(one.getBoolean("duplicate") != other.getBoolean("duplicate"), () -> one + " and " + other);
        return one;
    }

    private static long head(Client client) {
        return client.ok("history", Map.of("room", "lobby", "after", 0, "limit", 1))
                .getJsonNumber("head")
                .longValueExact();
    }
}
