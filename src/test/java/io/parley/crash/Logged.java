package io.parley.crash;

import jakarta.json.JsonObject;
import java.time.Instant;

/** An entry as it was found in a log. Immutable. */
record Logged(String room, long seq, Instant at, String author, String key, String text) {

    static Logged of(JsonObject entry) {
        return new Logged(
                entry.getString("room"),
                entry.getJsonNumber("seq").longValueExact(),
                Instant.parse(entry.getString("at")),
                entry.getJsonObject("from").getString("id"),
                entry.getString("key"),
                entry.getString("text"));
    }
}
