package io.parley.delivery;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.identity.User;
import io.parley.presence.Present;
import io.parley.room.Position;
import io.parley.room.ReadMark;
import io.parley.room.Room;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that one connection follows: it holds them, is present in them, and has a cursor in each. Confined to the connection's taking of
 * commands.
 */
final class JoinedRooms {
    private static final int PAGE_AFTER_LOSS = 50;

    private final Commands.Services services;
    private final Outbox outbox;
    private final Attendance attendance;
    private final Map<RoomName, Room> rooms = new LinkedHashMap<>();

    JoinedRooms(Commands.Services services, Outbox outbox, Attendance attendance) {
        this.services = services;
        this.outbox = outbox;
        this.attendance = attendance;
    }

    Optional<Room> find(RoomName name) {
        return Optional.ofNullable(rooms.get(name));
    }

    List<RoomName> names() {
        return List.copyOf(rooms.keySet());
    }

    /** Follows a room from a position, or moves the cursor of one that is followed. */
    CompletionStage<Result> join(Person who, RoomName name, Command.From from) {
        Room held = rooms.get(name);
        if (held != null) {
            return start(who, held, from).thenApply(start -> joined(who, held, start));
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

    /** Follows a room from now on, and no other. */
    CompletionStage<Result> moveTo(Person who, RoomName name) {
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

    CompletionStage<Result> leave(User user, RoomName name) {
        if (!rooms.containsKey(name)) {
            return Result.stage(new Reply.Failed(Refusal.of(ErrorCode.NOT_JOINED, "this room was not joined")));
        }
        return Result.stage(Result.of(new Reply.Left(name), () -> drop(user, name)));
    }

    /** Leaves a room because the client may not follow it any more; one that is not followed is left already. */
    CompletionStage<Result> expel(User user, RoomName name, String reason) {
        return Result.stage(Result.of(new Reply.Noted(), () -> {
            if (rooms.containsKey(name)) {
                drop(user, name);
                outbox.say(new Event.Left(name, reason));
            }
        }));
    }

    void leaveAll(User user) {
        names().forEach(name -> drop(user, name));
    }

    void renamed(User user) {
        rooms.keySet().forEach(name -> {
            services.presence().rename(name, user);
            services.signals().profile(name, user);
        });
    }

    private CompletionStage<Result> enter(Person who, Room room, Command.From from) {
        Optional<Refusal> no = services.access().read(who.user(), room.kind());
        if (no.isPresent()) {
            services.rooms().release(room);
            return Result.stage(new Reply.Failed(no.get()));
        }
        return start(who, room, from)
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

    private Result joined(Person who, Room room, Start start) {
        Present present = services.presence().in(room.name());
        Reply reply = new Reply.Joined(
                room.name(),
                start.room.epoch(),
                start.room.first(),
                start.room.head(),
                start.room.topic(),
                start.page == null,
                Optional.ofNullable(start.page),
                present,
                who.reader()
                        .mark(room.id())
                        .map(ReadMark::seq)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()));
        return Result.of(reply, () -> {
            rooms.put(room.name(), room);
            outbox.follow(
                    room, start.cursor, present.version(), services.signals().entering(room.name()));
        });
    }

    private void drop(User user, RoomName name) {
        Room room = rooms.remove(name);
        if (room != null) {
            outbox.unfollow(room);
            attendance.leave(name, user.id());
            services.rooms().release(room);
        }
    }

    private CompletionStage<Start> start(Person who, Room room, Command.From from) {
        if (from instanceof Command.From.After after && room.canResume(after.position())) {
            // Nothing to be read: reconnecting crowds cost the store nothing.
            return CompletableFuture.completedFuture(
                    new Start(room.info(), after.position().seq(), null));
        }
        if (from instanceof Command.From.Now) {
            RoomInfo info = room.info();
            return CompletableFuture.completedFuture(new Start(info, info.head(), null));
        }
        return Reading.on(
                services.readers(),
                () -> from instanceof Command.From.Newest newest
                        ? newest(who, room, newest.count())
                        : resume(who, room, ((Command.From.After) from).position()));
    }

    /** A position that memory does not know: the log has the last word on whether it goes on. */
    private Start resume(Person who, Room room, Position position) {
        Start newest = newest(who, room, PAGE_AFTER_LOSS);
        return newest.room.canResume(position) ? new Start(newest.room, position.seq(), null) : newest;
    }

    private Start newest(Person who, Room room, int count) {
        RoomLog.Messages page =
                services.log().messagesBefore(room.id(), who.user().id(), Long.MAX_VALUE, count, Reading.PAGE_WEIGHT);
        return new Start(page.room(), page.room().head(), page);
    }

    /**
     * Where following begins.
     *
     * @param page what a reader who does not resume is given
     */
    private record Start(RoomInfo room, long cursor, RoomLog.@Nullable Messages page) {}
}
