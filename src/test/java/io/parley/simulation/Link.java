package io.parley.simulation;

import io.parley.delivery.Connection;
import io.parley.delivery.Frame;
import io.parley.delivery.Inbound;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a visitor: holds what comes against what was asked. Confined to the simulation's thread.
 *
 * <p>After a join every entry of the room comes once and in order; none comes before, and none after leaving.
 */
final class Link {
    private final Schedule schedule;
    private final Truth truth;
    private final Map<String, View> views;
    private final SimulatedTransport transport;
    private final Connection connection;
    private final TreeMap<Integer, Asked> unanswered = new TreeMap<>();
    private final TreeMap<String, Long> next = new TreeMap<>();
    private final Map<String, Answered> lastPosts = new HashMap<>();
    private int lastId;

    Link(Schedule schedule, Truth truth, Map<String, View> views, Server server, String visitor, Runnable lost) {
        this.schedule = schedule;
        this.truth = truth;
        this.views = views;
        transport = new SimulatedTransport(
                schedule,
                frame -> {
                    server.writes();
                    shown(frame);
                },
                this::received,
                lost);
        connection = server.open(visitor, transport);
    }

    SimulatedTransport transport() {
        return transport;
    }

    /** The rooms that are followed, with the {@code seq} that must come next. */
    Map<String, Long> next() {
        return next;
    }

    /**
     * Sends a command.
     *
     * @param fields what it consists of but for the id, as JSON without braces
     * @return its id
     */
    int send(String fields, Consumer<JsonObject> ok, Consumer<String> refused) {
        int id = ++lastId;
        unanswered.put(id, new Asked(fields, ok, refused));
        connection.received(new Inbound.Text("{\"id\":" + id + "," + fields.replace('\'', '"') + "}"));
        return id;
    }

    /** From now on a room is followed after a position. */
    void follow(String room, long after) {
        next.put(room, after + 1);
    }

    void unfollow(String room) {
        next.remove(room);
    }

    /** Posts of one author get their places in the order sent. */
    void posted(int id, String room, long seq, boolean duplicate) {
        Answered before = lastPosts.get(room);
        if (!duplicate) {
            schedule.require(
                    before == null || (before.id < id) == (before.seq < seq),
                    "post " + id + " is entry " + seq + " of " + room + ", but " + before);
            lastPosts.put(room, new Answered(id, seq));
        }
    }

    /** When nothing is under way any more: everything was answered, and every reader is at the head. */
    void checkAtRest(String visitor) {
        unanswered.forEach((id, asked) -> schedule.violated(visitor + " was never answered: " + asked.fields));
        next.forEach((room, seq) -> schedule.require(
                seq - 1 == truth.head(room),
                visitor + " waits for entry " + seq + " of " + room + ", whose head is " + truth.head(room)));
    }

    private void shown(Frame frame) {
        for (JsonObject line : truth.lines(frame.text())) {
            if (isEntry(line)) {
                truth.shown(line);
            }
        }
    }

    private void received(Frame frame) {
        schedule.tell("received " + frame.text().length() + " characters, hash "
                + frame.text().hashCode());
        truth.lines(frame.text()).forEach(this::read);
    }

    private void read(JsonObject line) {
        if (line.containsKey("re")) {
            answered(line);
        } else if (isEntry(line)) {
            entry(line.getString("room"), Truth.seqOf(line), line);
        } else if (line.containsKey("error")) {
            schedule.violated("not understood: " + line);
        }
    }

    private void entry(String room, long seq, JsonObject line) {
        Long expected = next.get(room);
        View view = views.get(room);
        if (expected == null || view == null) {
            schedule.violated("entry " + seq + " of " + room + ", which is not followed");
        } else if (expected != seq || view.position() != seq - 1) {
            schedule.violated(
                    "entry " + seq + " of " + room + " where " + expected + " was to come, after " + view.position());
        } else {
            next.put(room, seq + 1);
            view.add(line);
        }
    }

    private void answered(JsonObject line) {
        @Nullable Asked asked = unanswered.remove(line.getInt("re"));
        if (asked == null) {
            schedule.violated("an answer to nothing: " + line);
        } else if (line.containsKey("ok")) {
            asked.ok.accept(line.getJsonObject("ok"));
        } else {
            String code = line.getJsonObject("error").getString("code");
            schedule.require(Visitor.REFUSALS.contains(code), "refused as " + code + ": " + asked.fields + ", " + line);
            asked.refused.accept(code);
        }
    }

    private static boolean isEntry(JsonObject line) {
        return line.containsKey("type") && line.containsKey("seq");
    }

    private record Asked(String fields, Consumer<JsonObject> ok, Consumer<String> refused) {}

    private record Answered(int id, long seq) {}
}
