package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds what one connection was sent against what the protocol promises: after a join every entry of the room once and in order, none before
 * and none after leaving. Confined to one thread.
 */
final class Follower {
    private static final Set<String> REFUSALS =
            Set.of("not_joined", "no_such_room", "too_many", "no_such_message", "forbidden");

    private static final Set<String> TEXTS = Set.of("message", "edit");

    private final Map<Integer, JsonObject> commands = new HashMap<>();
    private final Map<String, Long> next = new HashMap<>();
    private final Map<String, Map<Long, String>> texts;

    /** @param texts what others were sent, by room and {@code seq}; added to */
    Follower(Map<String, Map<Long, String>> texts) {
        this.texts = texts;
    }

    /** A command that was sent, by the id that its reply will bear. */
    void sent(int id, JsonObject command) {
        commands.put(id, command);
    }

    /** The next {@code seq} that must come, by room. */
    Map<String, Long> next() {
        return next;
    }

    void read(JsonObject line) {
        if (line.containsKey("ok")) {
            JsonObject ok = line.getJsonObject("ok");
            answered(Objects.requireNonNull(commands.get(line.getInt("re", 0)), () -> "a reply to nothing: " + ok), ok);
        } else if (line.containsKey("type") && line.containsKey("seq")) {
            String room = line.getString("room");
            long seq = Guest.seqOf(line);
            assertEquals(next.get(room), (Long) seq, () -> "of " + room + ": " + line);
            next.put(room, seq + 1);
            // What was deleted between two readings has lost its text, and nothing else may differ.
            if (line.containsKey("text") || !TEXTS.contains(line.getString("type"))) {
                String text = line.toString();
                String before = texts.computeIfAbsent(room, name -> new ConcurrentHashMap<>())
                        .putIfAbsent(seq, text);
                assertEquals(before == null ? text : before, text);
            }
        } else if (line.containsKey("error")) {
            String code = line.getJsonObject("error").getString("code");
            assertTrue(REFUSALS.contains(code), line::toString);
        }
    }

    private void answered(JsonObject command, JsonObject ok) {
        switch (command.getString("do")) {
            case "join" ->
                next.put(
                        ok.getString("room"),
                        1L + (ok.getBoolean("complete") ? command.getInt("after") : ok.getInt("head")));
            case "leave" -> next.remove(ok.getString("room"));
            default -> {}
        }
    }
}
