package io.parley.delivery;

import io.parley.access.Refusal;
import io.parley.delivery.Commands.Taken;
import io.parley.identity.UserId;
import io.parley.room.Amendment;
import io.parley.room.Room;
import io.parley.room.RoomName;
import io.parley.room.Write;
import io.parley.room.Written;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Commands that become entries. Confined to the connection's taking of commands. */
final class Writing {
    private final Commands.Services services;
    private final JoinedRooms joined;
    private final Reading reading;
    private final Mentions mentions;

    Writing(Commands.Services services, JoinedRooms joined, Reading reading) {
        this.services = services;
        this.joined = joined;
        this.reading = reading;
        this.mentions = new Mentions(services.identities());
    }

    Taken post(Command.Post post, Person who) {
        if (!Mentions.areIn(post.content().text())) {
            return write(who, post.room(), room -> post(room, post, who));
        }
        return looked(
                post.content().text(),
                called -> write(
                                who,
                                post.room(),
                                room -> post(
                                        room,
                                        new Command.Post(
                                                post.room(), post.content().mentioning(called), post.key()),
                                        who))
                        .result());
    }

    Taken amend(Command.Amend amend, Person who) {
        if (!(amend.amendment() instanceof Amendment.Edit edit) || !Mentions.areIn(edit.text())) {
            return write(who, amend.room(), room -> amend(room, amend.amendment(), amend, who));
        }
        return looked(
                edit.text(),
                called -> write(
                                who,
                                amend.room(),
                                room -> amend(room, new Amendment.Edit(edit.of(), edit.text(), called), amend, who))
                        .result());
    }

    /** Finds out who is called in a text; later commands wait, so that they do not overtake this one. */
    private Taken looked(String text, Function<List<UserId>, CompletionStage<Result>> then) {
        return Taken.inTurn(
                Reading.on(services.readers(), () -> mentions.in(text)).thenCompose(then));
    }

    private Taken write(Person who, RoomName name, Function<Room, CompletionStage<Result>> write) {
        Optional<Room> followed = joined.find(name);
        if (followed.isEmpty()) {
            return Taken.inTurn(reading.withRoom(who.user(), name, write));
        }
        Room room = followed.get();
        // Its author may leave before it is written, and whoever joins then must meet the same room.
        services.rooms().hold(room);
        return Taken.alongside(write.apply(room)
                .whenComplete((result, failure) -> services.rooms().release(room)));
    }

    private CompletionStage<Result> post(Room room, Command.Post post, Person who) {
        Optional<Refusal> no = services.access().post(who.user(), room);
        if (no.isPresent()) {
            return Result.stage(new Reply.Failed(no.get()));
        }
        Write.Append append =
                new Write.Append(room, who.user(), Optional.of(who.session()), post.content(), post.key());
        return services.committer().submit(append).thenApply(written -> {
            if (written instanceof Written.Stored) {
                services.signals().notTyping(room.name(), who.user().id());
                who.reader().posted(who.user());
            }
            return Result.of(written);
        });
    }

    private CompletionStage<Result> amend(Room room, Amendment amendment, Command.Amend asked, Person who) {
        Optional<Refusal> no = services.access().post(who.user(), room);
        if (no.isPresent()) {
            return Result.stage(new Reply.Failed(no.get()));
        }
        Write.Amend amend = new Write.Amend(room, who.user(), Optional.of(who.session()), amendment, asked.key());
        return services.committer().submit(amend).thenApply(Result::amended);
    }
}
