package io.parley.delivery;

import io.parley.identity.User;
import io.parley.room.Room;
import io.parley.room.RoomName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Follows nothing: of somebody who asks, is answered and gone. Confined to one exchange.
 *
 * <p>A {@code join} is answered as any, and that is all: nobody is present by it, and nothing comes of the room later.
 */
final class Glance implements Following {
    private final Commands.Services services;
    private final Executor worker;
    private final Reading reading;
    private final Starts starts;

    Glance(Commands.Services services, Executor worker) {
        this.services = services;
        this.worker = worker;
        this.reading = new Reading(services);
        this.starts = new Starts(services);
    }

    @Override
    public Executor worker() {
        return worker;
    }

    @Override
    public void came(Person person, Command.Hello hello) {
        // How fast they read, and in what, is nothing to who is only answered.
    }

    @Override
    public void went(Person person) {
        services.lingering().keep(person);
    }

    @Override
    public Optional<Room> find(RoomName name) {
        return Optional.empty();
    }

    @Override
    public List<RoomName> names() {
        return List.of();
    }

    @Override
    public CompletionStage<Result> within(User user, RoomName name, Function<Room, Result> action) {
        return reading.withRoom(user, name, room -> Result.stage(action.apply(room)));
    }

    @Override
    public CompletionStage<Result> join(Person who, RoomName name, Command.From from) {
        return reading.withRoom(
                who.user(),
                name,
                room -> starts.find(who, room, from)
                        .thenApply(start -> Result.of(
                                start.reply(who, room, services.presence().in(name)))));
    }

    @Override
    public CompletionStage<Result> moveTo(Person who, RoomName name) {
        return join(who, name, new Command.From.Newest(0));
    }

    @Override
    public CompletionStage<Result> leave(User user, RoomName name) {
        return Result.stage(new Reply.Failed(JoinedRooms.notJoined()));
    }

    @Override
    public CompletionStage<Result> expel(User user, RoomName name, String reason) {
        return Result.stage(new Reply.Noted());
    }

    @Override
    public void renamed(User user) {
        services.visitors().renamed(user, services);
    }

    @Override
    public void listsRooms() {
        // There is nobody to be told how the list changes.
    }
}
