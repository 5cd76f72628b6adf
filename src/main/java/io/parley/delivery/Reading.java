package io.parley.delivery;

import io.parley.access.Refusal;
import io.parley.identity.User;
import io.parley.room.Position;
import io.parley.room.ReadMark;
import io.parley.room.Room;
import io.parley.room.RoomId;
import io.parley.room.RoomInfo;
import io.parley.room.RoomName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** Commands that only read. Thread-safe; the reading is done on the readers. */
final class Reading {
    // JSON takes at most about twice an entry's weight, so that a page of this weight stays below the wire's 256 KiB.
    // Of a message with a long name in a room with one, what is not text takes more: two hundred of them must fit too.
    static final int PAGE_WEIGHT = 90 * 1024;

    private final Commands.Services services;

    Reading(Commands.Services services) {
        this.services = services;
    }

    /** Has something read; a full queue of the readers fails the stage. */
    static <T> CompletionStage<T> on(Executor readers, Supplier<T> reading) {
        try {
            return CompletableFuture.supplyAsync(reading, readers);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    CompletionStage<Result> before(User user, Command.Before before) {
        return withRoom(
                user,
                before.room(),
                room -> on(
                        services.readers(),
                        () -> Result.of(new Reply.Messages(services.log()
                                .messagesBefore(room.id(), user.id(), before.before(), before.limit(), PAGE_WEIGHT)))));
    }

    CompletionStage<Result> thread(User user, Command.ReadThread thread) {
        return withRoom(
                user,
                thread.room(),
                room -> on(
                        services.readers(),
                        () -> services.log()
                                .thread(
                                        room.id(),
                                        user.id(),
                                        thread.root(),
                                        thread.before(),
                                        thread.limit(),
                                        PAGE_WEIGHT)
                                .map(page -> Result.of(new Reply.ThreadMessages(page)))
                                .orElseGet(() -> Result.refused(Refusal.noSuchMessage()))));
    }

    CompletionStage<Result> after(User user, Command.After after) {
        return withRoom(
                user,
                after.room(),
                room -> on(
                        services.readers(),
                        () -> Result.of(new Reply.Entries(
                                services.log().after(room.id(), after.after(), after.limit(), PAGE_WEIGHT)))));
    }

    /** The public rooms, a page of them. */
    CompletionStage<Result> rooms(Person who, Command.ListRooms list) {
        return on(
                services.readers(),
                () -> page(who, services.rooms().publicRooms(list.after(), list.limit() + 1), list.limit()));
    }

    /** Those of the given rooms that are still there, by name. */
    CompletionStage<Result> mine(Person who, List<RoomName> names, Command.ListRooms list) {
        return on(services.readers(), () -> {
            List<RoomInfo> found = new ArrayList<>();
            names.stream()
                    .sorted()
                    .filter(name ->
                            list.after().map(after -> name.compareTo(after) > 0).orElse(true))
                    .limit(list.limit() + 1L)
                    .forEach(name -> services.log().find(name).ifPresent(found::add));
            return page(who, found, list.limit());
        });
    }

    CompletionStage<Result> who(User user, RoomName name) {
        return withRoom(
                user,
                name,
                room -> Result.stage(
                        new Reply.WhoIsThere(name, services.presence().in(name))));
    }

    CompletionStage<Result> probe(User user, Command.Probe probe) {
        return on(services.readers(), () -> {
            Map<RoomName, Long> heads = new LinkedHashMap<>();
            probe.positions()
                    .forEach((name, position) -> services.log()
                            .find(name)
                            .filter(room ->
                                    services.access().read(user, room.kind()).isEmpty())
                            .filter(room -> hasMoved(room, position))
                            .ifPresent(room -> heads.put(name, room.head())));
            return Result.of(new Reply.Behind(heads));
        });
    }

    /** Does something with a room that the user may read, holding it meanwhile. */
    CompletionStage<Result> withRoom(User user, RoomName name, Function<Room, CompletionStage<Result>> action) {
        return services.rooms().acquire(name).thenCompose(found -> {
            if (found.isEmpty()) {
                return Result.stage(new Reply.Failed(Refusal.noSuchRoom()));
            }
            Room room = found.get();
            Optional<Refusal> no = services.access().read(user, room.kind());
            CompletionStage<Result> done =
                    no.isPresent() ? Result.stage(new Reply.Failed(no.get())) : action.apply(room);
            return done.whenComplete((result, failure) -> services.rooms().release(room));
        });
    }

    private Result page(Person who, List<RoomInfo> oneMoreThanAsked, int limit) {
        boolean more = oneMoreThanAsked.size() > limit;
        List<RoomInfo> rooms = more ? oneMoreThanAsked.subList(0, limit) : oneMoreThanAsked;
        return Result.of(new Reply.RoomList(listed(who, rooms), more));
    }

    private List<ListedRoom> listed(Person who, List<RoomInfo> rooms) {
        Map<RoomId, ReadMark> marks = new HashMap<>();
        rooms.forEach(room -> who.reader().mark(room.id()).ifPresent(mark -> marks.put(room.id(), mark)));
        Map<RoomId, Long> after = new HashMap<>();
        rooms.forEach(room -> after.put(
                room.id(), marks.getOrDefault(room.id(), ReadMark.NONE).seq()));
        Map<RoomId, Long> mentions = services.log().mentions(who.id(), after);
        return rooms.stream()
                .map(room -> new ListedRoom(
                        room,
                        marks.containsKey(room.id())
                                ? OptionalLong.of(marks.get(room.id()).seq())
                                : OptionalLong.empty(),
                        marks.getOrDefault(room.id(), ReadMark.NONE).unread(room),
                        mentions.getOrDefault(room.id(), 0L)))
                .toList();
    }

    private static boolean hasMoved(RoomInfo room, Position position) {
        return !room.epoch().equals(position.epoch()) || room.head() > position.seq();
    }
}
