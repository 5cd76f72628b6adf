package io.parley.delivery;

import io.parley.access.Refusal;
import io.parley.identity.User;
import io.parley.room.Room;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Carries out what is told to others and is no entry: typing and having read. Thread-safe. */
final class Signalling {
    private final Commands.Services services;
    private final Reading reading;

    Signalling(Commands.Services services, Reading reading) {
        this.services = services;
        this.reading = reading;
    }

    Result typing(User user, Command.Typing typing) {
        if (!typing.on()) {
            services.signals().notTyping(typing.room(), user.id());
            return Result.of(new Reply.Noted());
        }
        return services.access().signal(user).map(Result::refused).orElseGet(() -> {
            services.signals().typing(typing.room(), user);
            return Result.of(new Reply.Noted());
        });
    }

    /** @param room the room, if this client follows it */
    CompletionStage<Result> read(Person who, Optional<Room> room, Command.Read read) {
        // Asked now: they may be gone by the time that the room is found.
        User user = who.user();
        return room.isPresent()
                ? read(who, user, room.get(), read.seq())
                : reading.withRoom(user, read.room(), found -> read(who, user, found, read.seq()));
    }

    /** A mark has moved: tells the room while few are in it, and the user's own connections in any case. */
    static void marked(Commands.Services services, User reader, RoomName room, long seq) {
        if (services.presence().in(room).count() <= services.limits().receipts()) {
            services.signals().read(room, reader, seq);
        } else {
            services.visitors().tell(reader.id(), room, new Event.Read(room, reader, seq));
        }
    }

    private static CompletionStage<Result> read(Person who, User user, Room room, long seq) {
        if (seq > room.head()) {
            return Result.stage(
                    new Reply.Failed(Refusal.of(new InvalidInput("seq", "the room has no entry of that seq yet"))));
        }
        return who.reader().read(user, room, seq).thenApply(Result::of);
    }
}
