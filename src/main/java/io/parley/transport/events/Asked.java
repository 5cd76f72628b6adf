package io.parley.transport.events;

import io.parley.config.Limits;
import io.parley.delivery.Command;
import io.parley.delivery.Request;
import io.parley.http.Query;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import io.parley.text.JsonInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a request for events wants (protocol §5). Immutable.
 *
 * @param waitSeconds how long a poll may wait for something to come
 * @param client the client's name for itself, which makes it present
 * @param lag by how many entries it may fall behind in a room before those are left out
 */
record Asked(At at, int waitSeconds, Optional<String> client, OptionalLong lag) {
    private static final int LONGEST_WAIT_SECONDS = 60;
    private static final int LONGEST_CLIENT = 64;
    // Tomcat takes 8 KiB of headers, cookies among them.
    private static final int LONGEST_ID_BYTES = 4 * 1024;
    private static final String STREAM = "text/event-stream";

    static Asked of(Query query, @Nullable String lastEventId, Limits limits) {
        At typed = At.parse(query.value("at").orElse(RoomName.LOBBY.value()));
        Asked asked = new Asked(typed, wait(query.integer("wait")), query.value("client"), query.integer("lag"));
        return asked.resumed(lastEventId, query.value("at").isPresent()).checked(limits);
    }

    static Asked of(JsonInput body, @Nullable String lastEventId, Limits limits) {
        At typed = body.isString("at")
                ? At.parse(body.requiredString("at"))
                : body.object("at").map(At::of).orElseGet(() -> At.parse(RoomName.LOBBY.value()));
        Asked asked = new Asked(typed, wait(body.integer("wait")), body.string("client"), body.integer("lag"));
        return asked.resumed(lastEventId, body.has("at")).checked(limits);
    }

    /** Whether a client wants an event stream rather than one answer. */
    static boolean isStream(@Nullable String accept) {
        if (accept != null) {
            for (String range : accept.split(",", -1)) {
                if (range.split(";", -1)[0].strip().toLowerCase(Locale.ROOT).equals(STREAM)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The same, for a stream, whose {@code at} comes back in a header.
     *
     * @throws InvalidInput when it may grow longer than what containers take
     */
    Asked streamed() {
        if (at.longest() > LONGEST_ID_BYTES) {
            throw new InvalidInput(
                    "at",
                    "at names more rooms than a stream's id can; ask for some of them by another stream, or poll");
        }
        return this;
    }

    /** What a connection is asked in the client's name. */
    List<Request> requests() {
        List<Request> requests = new ArrayList<>();
        requests.add(Request.of(new Command.Hello(Optional.empty(), Optional.empty(), false, lag)));
        at.rooms()
                .forEach((room, place) -> requests.add(Request.of(new Command.Join(
                        room, place.<Command.From>map(Command.From.After::new).orElseGet(Command.From.Now::new)))));
        return requests;
    }

    /** @param asked whether the address named rooms; if not, the id that was seen last is all there is to go by */
    private Asked resumed(@Nullable String lastEventId, boolean asked) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return this;
        }
        At last = At.parse(lastEventId);
        return new Asked(asked ? at.resumedFrom(last) : last, waitSeconds, client, lag);
    }

    private Asked checked(Limits limits) {
        if (at.rooms().size() > limits.rooms()) {
            throw new InvalidInput("at", "at names at most " + limits.rooms() + " rooms");
        }
        if (client.isPresent() && (client.get().isBlank() || client.get().length() > LONGEST_CLIENT)) {
            throw new InvalidInput("client", "client is a name of 1 to " + LONGEST_CLIENT + " characters");
        }
        if (lag.isPresent() && lag.getAsLong() == 0) {
            throw new InvalidInput("lag", "lag is at least 1, or left out");
        }
        return this;
    }

    private static int wait(OptionalLong seconds) {
        if (seconds.orElse(0) > LONGEST_WAIT_SECONDS) {
            throw new InvalidInput("wait", "wait is at most " + LONGEST_WAIT_SECONDS + " seconds");
        }
        return (int) seconds.orElse(0);
    }
}
