package io.parley.delivery;

import io.parley.presence.Present;
import io.parley.room.Position;
import io.parley.room.ReadMark;
import io.parley.room.Room;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Finds where the following of a room begins. Thread-safe. */
final class Starts {
    private static final int PAGE_AFTER_LOSS = 50;

    private final Commands.Services services;

    Starts(Commands.Services services) {
        this.services = services;
    }

    CompletionStage<Start> find(Person who, Room room, Command.From from) {
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
     * Where following begins. Immutable.
     *
     * @param page what a reader who does not resume is given
     */
    record Start(RoomInfo room, long cursor, RoomLog.@Nullable Messages page) {

        Reply.Joined reply(Person who, Room held, Present present) {
            return new Reply.Joined(
                    held.name(),
                    room.epoch(),
                    room.first(),
                    room.head(),
                    room.topic(),
                    page == null,
                    Optional.ofNullable(page),
                    present,
                    who.reader()
                            .mark(held.id())
                            .map(ReadMark::seq)
                            .map(OptionalLong::of)
                            .orElse(OptionalLong.empty()));
        }
    }
}
