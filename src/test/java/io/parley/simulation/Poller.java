package io.parley.simulation;

import io.parley.delivery.CloseReason;
import io.parley.transport.events.SimulatedPoll;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who polls: each time with what the last answer ended with. Confined to the simulation's thread.
 *
 * <p>Every entry comes once and in order, over any number of polls and servers, and none is waited for that is there already.
 */
final class Poller {
    /** What may be answered though nothing is wrong. */
    private static final Set<String> REFUSALS = Set.of("unavailable", "no_such_room");

    private final String name;
    private final Schedule schedule;
    private final Truth truth;
    private final Supplier<Server> server;
    private final Map<String, Long> positions = new TreeMap<>();
    private final Set<String> missing = new TreeSet<>();
    private String at = String.join(",", Simulation.ROOMS);
    private @Nullable SimulatedPoll poll;

    Poller(String name, Schedule schedule, Truth truth, Supplier<Server> server) {
        this.name = name;
        this.schedule = schedule;
        this.truth = truth;
        this.server = server;
    }

    Lane lane(int weight) {
        return new Lane(name, weight, 1, () -> true, this::act);
    }

    boolean isWaiting() {
        return poll != null;
    }

    /** Asks, unless an answer is awaited. */
    void ask() {
        if (poll == null) {
            // A room that is not there is answered at once: who asks for it every time never waits.
            String asked = Stream.of(at.split(",", -1))
                    .filter(place -> !missing.contains(place))
                    .collect(Collectors.joining(","));
            schedule.tell(name + " polls at " + asked);
            SimulatedPoll begun = new SimulatedPoll(this::answered, this::refused);
            poll = begun;
            server.get().poll(begun, asked);
        }
    }

    /** Waits no longer. */
    void giveUp() {
        SimulatedPoll waiting = poll;
        if (waiting != null) {
            waiting.end();
        }
    }

    /** The server says goodbye. */
    void dismiss() {
        SimulatedPoll waiting = poll;
        if (waiting != null) {
            waiting.close(CloseReason.GOING_AWAY);
        }
    }

    /** The server is gone. */
    void lose() {
        poll = null;
    }

    /** When nothing is under way any more: who still waits has everything. */
    void checkAtRest() {
        positions.forEach((room, position) -> schedule.require(
                position == truth.head(room),
                name + " waits at " + position + " of " + room + ", whose head is " + truth.head(room)));
    }

    private void act() {
        if (poll == null) {
            if (schedule.oneIn(4)) {
                missing.clear();
            }
            ask();
        } else if (schedule.oneIn(6)) {
            giveUp();
        }
    }

    private void answered(String json) {
        poll = null;
        JsonObject answer = truth.lines(json).get(0);
        at = Stream.concat(Stream.of(answer.getString("at")), missing.stream()).collect(Collectors.joining(","));
        schedule.tell(name + " is told " + json.length() + " characters, hash " + json.hashCode());
        JsonObject rooms = answer.getJsonObject("rooms");
        rooms.keySet().forEach(room -> told(room, rooms.getJsonObject(room)));
        for (String place : at.split(",", -1)) {
            if (place.contains("@")) {
                String room = place.substring(0, place.indexOf('@'));
                long position = Long.parseLong(place.substring(place.lastIndexOf(':') + 1));
                long known = positions.computeIfAbsent(room, unknown -> position);
                schedule.require(known == position, name + " was told up to " + known + " but sent on to " + place);
            }
        }
    }

    private void told(String room, JsonObject news) {
        if (news.containsKey("error")) {
            String code = news.getJsonObject("error").getString("code");
            refused(code);
            if (code.equals("no_such_room")) {
                missing.add(room);
            }
            return;
        }
        schedule.require(!news.containsKey("reset"), name + " cannot go on: " + news);
        for (JsonObject entry : news.getJsonArray("entries").getValuesAs(JsonObject.class)) {
            truth.shown(entry);
            long seq = Truth.seqOf(entry);
            @Nullable Long before = positions.put(room, seq);
            schedule.require(before == null || seq == before + 1, name + " was told " + seq + " after " + before);
        }
    }

    private void refused(String code) {
        poll = null;
        schedule.require(REFUSALS.contains(code), name + " was refused as " + code);
    }
}
