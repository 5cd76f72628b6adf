package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Speaks {@code superchat} (docs/protocol.md §4): sends commands, sorts what comes into replies and events, and keeps the order.
 *
 * <p>Reads only while something is awaited. Confined to one thread.
 */
final class SuperchatClient implements AutoCloseable {
    /** One line as it came. Immutable. */
    record Line(String raw, JsonObject json) {
        String type() {
            return json.getString("type", "");
        }

        long seq() {
            return Json.number(json, "seq");
        }

        String text() {
            return json.getString("text");
        }

        boolean isOf(String room) {
            return json.getString("room", "").equals(room);
        }
    }

    private final WireClient wire;
    private final List<Line> log = new ArrayList<>();
    private final Map<Long, JsonObject> replies = new HashMap<>();
    private final ArrayDeque<Line> events = new ArrayDeque<>();
    private final ArrayDeque<JsonObject> unasked = new ArrayDeque<>();
    private @Nullable Received end;
    private @Nullable String fence;
    private boolean lastWasBinary;
    private long lastId;

    SuperchatClient(Handshake handshake) {
        wire = WireClient.open(handshake.protocols("superchat"));
        assertEquals("superchat", wire.answer().header("Sec-WebSocket-Protocol").orElse("none"));
    }

    WireClient wire() {
        return wire;
    }

    /** Every line that was read, in order. */
    List<Line> log() {
        return log;
    }

    /** Whether the last message that was read was a binary one. */
    boolean lastWasBinary() {
        return lastWasBinary;
    }

    /** Sends a command, and says its id. */
    long send(String command, Object... fields) {
        long id = ++lastId;
        lines(line(id, command, fields));
        return id;
    }

    /** A command as a line, to be sent with others. */
    static String line(long id, String command, Object... fields) {
        List<Object> all = new ArrayList<>(List.of("do", command, "id", id));
        all.addAll(Arrays.asList(fields));
        return Json.object(all.toArray()).toString();
    }

    /** Sends lines as they are, in one message. */
    void lines(String... lines) {
        wire.text(String.join("\n", lines));
    }

    /** Awaits the reply to a command: the whole of it. */
    JsonObject reply(long id) {
        while (!replies.containsKey(id)) {
            read();
        }
        return replies.remove(id);
    }

    /** Sends a command that must go well. */
    JsonObject ok(String command, Object... fields) {
        return ok(send(command, fields));
    }

    /** Awaits the reply to a command that must have gone well. */
    JsonObject ok(long id) {
        JsonObject reply = reply(id);
        assertTrue(reply.containsKey("ok"), reply::toString);
        return reply.getJsonObject("ok");
    }

    /** Sends a command that must be refused. */
    JsonObject error(String command, Object... fields) {
        return error(send(command, fields));
    }

    /** Awaits the reply to a command that must have been refused. */
    JsonObject error(long id) {
        JsonObject reply = reply(id);
        assertTrue(reply.containsKey("error"), reply::toString);
        return checked(reply.getJsonObject("error"));
    }

    /** Sends a command that must be refused: the code, and the field where there is one. */
    String refusal(String command, Object... fields) {
        return inWords(error(command, fields));
    }

    /** Sends something that must be refused without {@code re}. */
    String refusalOf(String line) {
        lines(line);
        return inWords(unasked());
    }

    /** Awaits an error that answers no command in particular. */
    JsonObject unasked() {
        while (unasked.isEmpty()) {
            read();
        }
        return checked(unasked.removeFirst());
    }

    /** Awaits the next event of a type, or takes the first that has come; others stay. */
    Line event(String type) {
        return event(line -> line.type().equals(type));
    }

    Line event(Predicate<Line> wanted) {
        while (true) {
            for (Iterator<Line> each = events.iterator(); each.hasNext(); ) {
                Line line = each.next();
                if (wanted.test(line)) {
                    each.remove();
                    return line;
                }
            }
            read();
        }
    }

    /** Awaits the next messages of a room, however many frames they come in. */
    List<Line> messages(String room, int count) {
        List<Line> messages = new ArrayList<>(count);
        while (messages.size() < count) {
            messages.add(event(line -> line.type().equals("message") && line.isOf(room)));
        }
        return messages;
    }

    /** Awaits the next change of who is in a room. */
    JsonObject presence(String room) {
        return event(line -> line.type().equals("presence") && line.isOf(room)).json();
    }

    /** The events that have come and were not taken. */
    List<Line> untaken() {
        return List.copyOf(events);
    }

    /**
     * Returns when everything has come that was committed before: something is posted to a room of its own, and seen. What this client
     * reads is told in the order of the commits.
     */
    void fence() {
        String room = fence;
        if (room == null) {
            room = opened();
            ok("join", "room", room, "last", 0);
            fence = room;
        }
        long seq = post(room, "fence");
        while (events.stream().noneMatch(isFence(seq))) {
            read();
        }
        events.removeIf(isFence(seq));
    }

    /** Opens a room that was not there, and says its name. */
    String opened() {
        String room = Fresh.room();
        assertEquals(room, ok("open", "room", room, "kind", "public").getString("room"));
        return room;
    }

    JsonObject join(String room) {
        return ok("join", "room", room);
    }

    /** Posts with a key of its own; says the {@code seq}. */
    long post(String room, String text) {
        JsonObject ok = ok("post", "room", room, "text", text, "key", Fresh.key());
        assertEquals(false, ok.getBoolean("duplicate"));
        return Json.number(ok, "seq");
    }

    /** Posts a number of texts, one after another in one message; says the last one's {@code seq}. */
    long postMany(String room, int count) {
        long last = 0;
        for (int done = 0; done < count; ) {
            List<String> lines = new ArrayList<>();
            long first = lastId + 1;
            for (; lines.size() < 50 && done < count; done++) {
                lines.add(line(++lastId, "post", "room", room, "text", "text " + (done + 1), "key", Fresh.key()));
            }
            lines(lines.toArray(String[]::new));
            for (long id = first; id <= lastId; id++) {
                last = Json.number(ok(id), "seq");
            }
        }
        return last;
    }

    /** Reads on to the close frame, and says its code. */
    int closeCode() {
        while (end == null) {
            read();
        }
        if (end instanceof Received.Close close) {
            return close.code();
        }
        throw new AssertionError("the connection ended without a close frame");
    }

    @Override
    public void close() {
        wire.close();
    }

    /** Reads one message, or whatever else comes. */
    void read() {
        assertEquals(null, end, "the connection ended while more was awaited");
        Received received = wire.receive();
        if (received instanceof Received.Text text) {
            lastWasBinary = false;
            text.text().lines().forEach(this::take);
        } else if (received instanceof Received.Binary binary) {
            lastWasBinary = true;
            binary.text().lines().forEach(this::take);
        } else if (received instanceof Received.Close || received instanceof Received.End) {
            end = received;
        }
    }

    private void take(String raw) {
        Line line = new Line(raw, Json.parse(raw));
        log.add(line);
        if (line.json.containsKey("type")) {
            events.addLast(line);
        } else if (line.json.containsKey("re")) {
            JsonObject before = replies.put(Json.number(line.json, "re"), line.json);
            assertEquals(null, before, "a command was answered twice");
        } else {
            unasked.addLast(line.json.getJsonObject("error"));
        }
    }

    private Predicate<Line> isFence(long seq) {
        return line -> line.type().equals("message") && line.isOf(String.valueOf(fence)) && line.seq() == seq;
    }

    private static JsonObject checked(JsonObject error) {
        assertTrue(!error.getString("message").isBlank(), "an error tells people what is wrong");
        return error;
    }

    private static String inWords(JsonObject error) {
        String field = error.getString("field", "");
        return field.isEmpty() ? error.getString("code") : error.getString("code") + " " + field;
    }
}
