package io.parley.transport.events;

import io.parley.room.Epoch;
import io.parley.room.Position;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import io.parley.text.JsonInput;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a client is in the rooms that it reads: {@code lobby@EPOCH:117,dev} (protocol §5). Immutable.
 *
 * <p>What is not ASCII is written as in addresses, since an event stream's id comes back in a header.
 *
 * @param rooms in the client's order; a room without a position is read from now on
 */
record At(Map<RoomName, Optional<Position>> rooms) {
    private static final String FIELD = "at";
    private static final Pattern SEQ = Pattern.compile("[0-9]{1,16}");

    // What epochs have when they are not longer, the digits of a position, and the signs about them.
    private static final int EPOCH_BYTES = 32;
    private static final int AROUND_BYTES = 16 + 3;

    At {
        rooms = Collections.unmodifiableMap(new LinkedHashMap<>(rooms));
    }

    static At parse(String typed) {
        Map<RoomName, Optional<Position>> rooms = new LinkedHashMap<>();
        for (String part : typed.split(",", -1)) {
            int sign = part.indexOf('@');
            String name = sign < 0 ? part : part.substring(0, sign);
            rooms.put(room(decoded(name)), sign < 0 ? Optional.empty() : Optional.of(place(part.substring(sign + 1))));
        }
        return new At(rooms);
    }

    /** @param typed an object for each room: its position, or nothing */
    static At of(JsonInput typed) {
        Map<RoomName, Optional<Position>> rooms = new LinkedHashMap<>();
        typed.objects(FIELD)
                .forEach((name, place) -> rooms.put(
                        room(name),
                        place.has("epoch") || place.has("seq")
                                ? Optional.of(position(place.requiredString("epoch"), place.requiredInteger("seq")))
                                : Optional.empty()));
        if (rooms.isEmpty()) {
            throw wrong();
        }
        return new At(rooms);
    }

    /** The same rooms, and where another knows a position of one of them, that one. */
    At resumedFrom(At other) {
        Map<RoomName, Optional<Position>> resumed = new LinkedHashMap<>();
        rooms.forEach((room, place) -> resumed.put(
                room, other.rooms.getOrDefault(room, Optional.empty()).or(() -> place)));
        return new At(resumed);
    }

    /** How many bytes it has as text, at most, wherever its reader gets to in these rooms. */
    int longest() {
        int bytes = 0;
        for (Map.Entry<RoomName, Optional<Position>> each : rooms.entrySet()) {
            int epoch = each.getValue()
                    .map(place -> encoded(place.epoch().value()).length())
                    .orElse(0);
            bytes += encoded(each.getKey().value()).length() + Math.max(epoch, EPOCH_BYTES) + AROUND_BYTES;
        }
        return bytes;
    }

    @Override
    public String toString() {
        return rooms.entrySet().stream()
                .map(each -> encoded(each.getKey().value())
                        + each.getValue()
                                .map(place -> "@" + encoded(place.epoch().value()) + ":" + place.seq())
                                .orElse(""))
                .collect(Collectors.joining(","));
    }

    private static RoomName room(String name) {
        try {
            return RoomName.parse(name);
        } catch (InvalidInput e) {
            throw wrong();
        }
    }

    private static Position place(String typed) {
        int colon = typed.lastIndexOf(':');
        if (colon < 0 || !SEQ.matcher(typed.substring(colon + 1)).matches()) {
            throw wrong();
        }
        return position(decoded(typed.substring(0, colon)), Long.parseLong(typed.substring(colon + 1)));
    }

    private static Position position(String epoch, long seq) {
        try {
            return new Position(new Epoch(epoch), seq);
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    private static InvalidInput wrong() {
        return new InvalidInput(
                FIELD,
                "at names rooms, each with its position or without: lobby@EPOCH:117,dev; EPOCH and number are as they were given");
    }
}
