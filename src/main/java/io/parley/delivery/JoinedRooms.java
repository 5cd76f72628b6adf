package io.parley.delivery;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.identity.User;
import io.parley.presence.Present;
import io.parley.room.Room;
import io.parley.room.RoomName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The rooms that one connection follows: it holds them, is present in them, and has a cursor in each. Confined to the connection's taking of
 * commands.
 */
final class JoinedRooms implements Following {
    private final Commands.Services services;
    private final Outbox outbox;
    private final Manner manner;
    private final Starts starts;
    private final Map<RoomName, Room> rooms = new LinkedHashMap<>();
    private Attendance attendance;

    JoinedRooms(Commands.Services services, Outbox outbox, Manner manner) {
        this.services = services;
        this.outbox = outbox;
        this.manner = manner;
        this.attendance = manner.attendance();
        this.starts = new Starts(services);
    }

    @Override
    public Executor worker() {
        return outbox.worker();
    }

    @Override
    public void came(Person person, Command.Hello hello) {
        if (!manner.speaks() && person.login().issuedToken().isPresent()) {
            // Nobody knows the token but us: they cannot come again as who they are, and would stay as a ghost.
            attendance = Attendance.UNSEEN;
        }
        services.visitors().came(person.user().id(), outbox);
        hello.lag().ifPresent(outbox::mayLag);
        if (hello.binaryFrames()) {
            outbox.useBinary();
        }
    }

    @Override
    public void went(Person person) {
        names().forEach(name -> drop(person.user(), name));
        services.visitors().went(person.user().id(), outbox);
        if (manner.speaks() || person.login().issuedToken().isPresent()) {
            person.close();
        } else {
            // Whoever polls is soon back, and is to find their name.
            services.lingering().keep(person);
        }
    }

    @Override
    public void listsRooms() {
        outbox.listsRooms();
    }

    @Override
    public Optional<Room> find(RoomName name) {
        return Optional.ofNullable(rooms.get(name));
    }

    @Override
    public List<RoomName> names() {
        return List.copyOf(rooms.keySet());
    }

    @Override
    public CompletionStage<Result> within(User user, RoomName name, Function<Room, Result> action) {
        return Result.stage(find(name).map(action).orElseGet(() -> Result.refused(notJoined())));
    }

    @Override
    public CompletionStage<Result> join(Person who, RoomName name, Command.From from) {
        Room held = rooms.get(name);
        if (held != null) {
            return starts.find(who, held, from).thenApply(start -> joined(who, held, start));
        }
        if (rooms.size() >= services.limits().rooms()) {
            return Result.stage(new Reply.Failed(Refusal.of(
                    ErrorCode.TOO_MANY,
                    "one connection follows at most " + services.limits().rooms() + " rooms; leave one first")));
        }
        return services.rooms().acquire(name).thenCompose(found -> {
            if (found.isEmpty()) {
                return Result.stage(new Reply.Failed(Refusal.noSuchRoom()));
            }
            return enter(who, found.get(), from);
        });
    }

    @Override
    public CompletionStage<Result> moveTo(Person who, RoomName name) {
        return join(who, name, new Command.From.Newest(0)).thenApply(result -> {
            if (!(result.reply() instanceof Reply.Joined)) {
                return result;
            }
            return Result.of(result.reply(), () -> {
                result.effect().run();
                names().stream().filter(other -> !other.equals(name)).forEach(other -> drop(who.user(), other));
            });
        });
    }

    @Override
    public CompletionStage<Result> leave(User user, RoomName name) {
        if (!rooms.containsKey(name)) {
            return Result.stage(new Reply.Failed(notJoined()));
        }
        return Result.stage(Result.of(new Reply.Left(name), () -> drop(user, name)));
    }

    @Override
    public CompletionStage<Result> expel(User user, RoomName name, String reason) {
        return Result.stage(Result.of(new Reply.Noted(), () -> {
            if (rooms.containsKey(name)) {
                drop(user, name);
                outbox.say(new Event.Left(name, reason));
            }
        }));
    }

    @Override
    public void renamed(User user) {
        rooms.keySet().forEach(name -> {
            services.presence().rename(name, user);
            services.signals().profile(name, user);
        });
        services.visitors().renamed(user, outbox, services);
    }

    private CompletionStage<Result> enter(Person who, Room room, Command.From from) {
        Optional<Refusal> no = services.access().read(who.user(), room.kind());
        if (no.isPresent()) {
            services.rooms().release(room);
            return Result.stage(new Reply.Failed(no.get()));
        }
        return starts.find(who, room, from)
                .whenComplete((start, failure) -> {
                    if (failure != null) {
                        services.rooms().release(room);
                    }
                })
                .thenApply(start -> {
                    attendance.enter(room.name(), who.user());
                    return joined(who, room, start);
                });
    }

    private Result joined(Person who, Room room, Starts.Start start) {
        Present present = services.presence().in(room.name());
        Reply reply = start.reply(who, room, present);
        return Result.of(reply, () -> {
            rooms.put(room.name(), room);
            outbox.follow(
                    room, start.cursor(), present.version(), services.signals().entering(room.name()));
        });
    }

    /** For what takes following. */
    static Refusal notJoined() {
        return Refusal.of(ErrorCode.NOT_JOINED, "this room was not joined");
    }

    private void drop(User user, RoomName name) {
        Room room = rooms.remove(name);
        if (room != null) {
            outbox.unfollow(room);
            attendance.leave(name, user.id());
            services.rooms().release(room);
        }
    }
}
