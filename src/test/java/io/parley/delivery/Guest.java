package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Somebody who talks {@code superchat}. Confined to the test's thread. */
final class Guest {
    private final FakeTransport transport;
    private final Connection connection;
    private final List<JsonObject> lines = new ArrayList<>();
    private int framesRead;
    private int nextId;

    Guest(FakeTransport transport, Connection connection) {
        this.transport = transport;
        this.connection = connection;
    }

    FakeTransport transport() {
        return transport;
    }

    Connection connection() {
        return connection;
    }

    /** Sends lines as one message. */
    void send(String... commands) {
        connection.received(new Inbound.Text(String.join("\n", commands).replace('\'', '"')));
    }

    /** Sends a command with an id of its own, written with single quotes, and gives that id. */
    int sendWithId(String command) {
        int id = ++nextId;
        send(command.replaceFirst("\\{", "{'id':" + id + ","));
        return id;
    }

    /** Sends a command and waits for what it is answered with. */
    JsonObject ask(String command) {
        return reply(sendWithId(command));
    }

    /** Joins a room with its newest messages. */
    JsonObject join(String room) {
        return ask("{'do':'join','room':'" + room + "'}").getJsonObject("ok");
    }

    void post(String room, String text) {
        send("{'do':'post','room':'" + room + "','text':'" + text + "'}");
    }

    /** The reply to a command, once it is there. */
    JsonObject reply(int id) {
        return await("the reply to " + id, line -> line.getInt("re", 0) == id);
    }

    /** The first line that fits, once it is there. */
    JsonObject await(String what, Predicate<JsonObject> fits) {
        Await.until(what, () -> lines().stream().anyMatch(fits));
        return lines.stream().filter(fits).findFirst().orElseThrow();
    }

    /** Waits until an entry of a room is there. */
    void awaitSeq(String room, long seq) {
        await("entry " + seq + " of " + room, line -> isEntry(line, room) && seqOf(line) == seq);
    }

    /** All lines so far. */
    List<JsonObject> lines() {
        List<Frame> fresh = transport.framesFrom(framesRead);
        framesRead += fresh.size();
        fresh.forEach(frame -> frame.text().lines().forEach(line -> lines.add(parse(line))));
        return lines;
    }

    /** The entries of a room so far, by {@code seq}. */
    List<Long> seqs(String room) {
        return lines().stream()
                .filter(line -> isEntry(line, room))
                .map(Guest::seqOf)
                .toList();
    }

    /** The events of a kind so far. */
    List<JsonObject> events(String type) {
        return lines().stream()
                .filter(line -> line.getString("type", "").equals(type))
                .toList();
    }

    /** The place of a line among all, for what must come before what. */
    int placeOf(JsonObject line) {
        for (int i = 0; i < lines().size(); i++) {
            if (lines.get(i) == line) {
                return i;
            }
        }
        return fail("no such line");
    }

    static boolean isEntry(JsonObject line, String room) {
        return line.getString("type", "").equals("message")
                && line.getString("room").equals(room);
    }

    static long seqOf(JsonObject line) {
        return line.getJsonNumber("seq").longValue();
    }

    private static JsonObject parse(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }
}
