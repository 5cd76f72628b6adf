package io.parley.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.parley.crash.Client;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Two people in a room, one of whom talks: what is done to the server meanwhile, they shall not notice. Confined to one thread.
 *
 * <p>Whatever is said must be seen, once, as it was said and in its place.
 */
final class Talk implements AutoCloseable {
    private static final JsonProvider JSON = JsonProvider.provider();

    private final String room;
    private final Client author;
    private final Client reader;
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private long last;
    private long slowestNanos;

    Talk(URI chat, String room) {
        this.room = room;
        author = Client.connect(chat);
        reader = Client.connect(chat, line -> {
            if (line.startsWith("{\"type\":\"message\"")) {
                seen.add(line);
            }
        });
        author.ok("open", Map.of("room", room, "kind", "public"));
        last = reader.ok("join", Map.of("room", room, "last", 0))
                .getJsonNumber("head")
                .longValueExact();
    }

    /** Says something, and awaits that the other has seen it. */
    void say(String text) throws InterruptedException {
        long began = System.nanoTime();
        JsonObject ok = author.ok(
                "post",
                Map.of("room", room, "text", text, "key", UUID.randomUUID().toString()));
        String line = seen.poll(Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - began);
        assertNotNull(line, "what was acknowledged was not shown");
        JsonObject message;
        try (var json = JSON.createReader(new StringReader(line))) {
            message = json.readObject();
        }
        last++;
        assertEquals(last, ok.getJsonNumber("seq").longValueExact());
        assertEquals(last, message.getJsonNumber("seq").longValueExact(), line);
        assertEquals(text, message.getString("text"));
    }

    /** The longest that anything took from being said to being seen, since this was asked last. */
    long slowestMillis() {
        long slowest = TimeUnit.NANOSECONDS.toMillis(slowestNanos);
        slowestNanos = 0;
        return slowest;
    }

    @Override
    public void close() {
        author.close();
        reader.close();
    }
}
