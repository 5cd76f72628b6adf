package io.parley.subprotocol.superchat;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.config.Limits;
import io.parley.delivery.Command;
import io.parley.delivery.Request;
import io.parley.identity.UserName;
import io.parley.room.Epoch;
import io.parley.room.Position;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import io.parley.text.JsonInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads one line of JSON as a command (protocol §4). Immutable. */
final class CommandReader {
    private static final int NEWEST = 50;

    private final Limits limits;
    private final Map<String, Function<JsonInput, Command>> commands = Map.ofEntries(
            Map.entry("hello", this::hello),
            Map.entry("join", this::join),
            Map.entry("leave", in -> new Command.Leave(room(in))),
            Map.entry("name", in -> new Command.SetName(UserName.parse(in.requiredString("name")))),
            Map.entry("post", this::post),
            Map.entry("edit", this::edit),
            Map.entry("delete", EntryCommands::delete),
            Map.entry("react", EntryCommands::react),
            Map.entry("manage", EntryCommands::manage),
            Map.entry("thread", this::thread),
            Map.entry("history", this::history),
            Map.entry("rooms", this::rooms),
            Map.entry("who", in -> new Command.Who(room(in))),
            Map.entry("open", this::open),
            Map.entry("probe", this::probe),
            Map.entry("typing", CommandReader::typing),
            Map.entry("read", in -> new Command.Read(room(in), in.requiredInteger("seq"))),
            Map.entry("ping", in -> new Command.Ping()));

    CommandReader(Limits limits) {
        this.limits = limits;
    }

    /** Never throws: what cannot be understood becomes a {@link Command.Invalid}. */
    Request read(String line) {
        OptionalLong id = OptionalLong.empty();
        try {
            JsonInput input = JsonInput.parse(line, limits.jsonDepth());
            id = input.integer("id");
            Function<JsonInput, Command> command = commands.get(input.requiredString("do"));
            return command == null
                    ? Request.invalid(
                            id,
                            Refusal.of(
                                    ErrorCode.UNKNOWN_COMMAND,
                                    "no such command; there are "
                                            + String.join(
                                                    ", ",
                                                    commands.keySet().stream()
                                                            .sorted()
                                                            .toList())))
                    : new Request(id, command.apply(input));
        } catch (InvalidInput e) {
            return Request.invalid(id, Refusal.of(e));
        }
    }

    private Command hello(JsonInput in) {
        String frames = in.string("frames").orElse("text");
        if (!frames.equals("text") && !frames.equals("binary")) {
            throw new InvalidInput("frames", "frames is text or binary");
        }
        return new Command.Hello(in.string("token"), in.string("name"), frames.equals("binary"), lag(in));
    }

    private static OptionalLong lag(JsonInput in) {
        OptionalLong lag = in.integer("lag");
        if (lag.isPresent() && lag.getAsLong() == 0) {
            throw new InvalidInput("lag", "lag is at least 1, or left out");
        }
        return lag;
    }

    private static Command typing(JsonInput in) {
        return new Command.Typing(
                room(in), in.bool("on").orElseThrow(() -> new InvalidInput("on", "on is missing: true or false")));
    }

    private Command join(JsonInput in) {
        RoomName room = room(in);
        OptionalLong after = in.integer("after");
        if (after.isPresent()) {
            return new Command.Join(room, new Command.From.After(new Position(epoch(in, "epoch"), after.getAsLong())));
        }
        return new Command.Join(room, new Command.From.Newest(count(in, "last", 0, NEWEST)));
    }

    private Command post(JsonInput in) {
        return EntryCommands.post(room(in), in, limits);
    }

    private Command edit(JsonInput in) {
        return EntryCommands.edit(in, limits);
    }

    private Command thread(JsonInput in) {
        return new Command.ReadThread(
                room(in),
                in.requiredInteger("seq"),
                in.integer("before").orElse(Long.MAX_VALUE),
                count(in, "limit", 1, NEWEST));
    }

    private Command history(JsonInput in) {
        int limit = count(in, "limit", 1, NEWEST);
        OptionalLong before = in.integer("before");
        OptionalLong after = in.integer("after");
        if (before.isPresent() == after.isPresent()) {
            throw new InvalidInput("before", "history takes either before or after");
        }
        return before.isPresent()
                ? new Command.Before(room(in), before.getAsLong(), limit)
                : new Command.After(room(in), after.getAsLong(), limit);
    }

    private Command rooms(JsonInput in) {
        return new Command.ListRooms(
                in.bool("mine").orElse(false), in.string("after").map(RoomName::parse), count(in, "limit", 1, NEWEST));
    }

    private Command open(JsonInput in) {
        if (!in.string("kind").orElse("public").equals("public")) {
            throw new InvalidInput("kind", "only public rooms can be opened here");
        }
        return new Command.Open(room(in));
    }

    private Command probe(JsonInput in) {
        JsonInput rooms = in.object("rooms").orElseThrow(() -> new InvalidInput("rooms", "rooms is missing"));
        Map<RoomName, Position> positions = new LinkedHashMap<>();
        for (Map.Entry<String, JsonInput> room : rooms.objects("rooms").entrySet()) {
            JsonInput position = room.getValue();
            positions.put(
                    RoomName.parse(room.getKey()),
                    new Position(epoch(position, "epoch"), position.requiredInteger("seq")));
            if (positions.size() > limits.rooms()) {
                throw new InvalidInput("rooms", "at most " + limits.rooms() + " rooms at once");
            }
        }
        return new Command.Probe(positions);
    }

    private int count(JsonInput in, String field, int least, int otherwise) {
        long count = in.integer(field).orElse(Math.min(otherwise, limits.page()));
        if (count < least || count > limits.page()) {
            throw new InvalidInput(field, field + " lies between " + least + " and " + limits.page());
        }
        return (int) count;
    }

    private static RoomName room(JsonInput in) {
        return RoomName.parse(in.requiredString("room"));
    }

    private static Epoch epoch(JsonInput in, String field) {
        Optional<String> epoch = in.string(field);
        try {
            return new Epoch(epoch.orElse(""));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(field, "a position takes the room's epoch beside its seq");
        }
    }
}
