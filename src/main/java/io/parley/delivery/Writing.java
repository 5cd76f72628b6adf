package io.parley.delivery;

import io.parley.access.Refusal;
import io.parley.delivery.Commands.Taken;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.room.Amendment;
import io.parley.room.Content;
import io.parley.room.MessageKey;
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
    private final Following following;
    private final Reading reading;
    private final Mentions mentions;

    Writing(Commands.Services services, Following following, Reading reading) {
        this.services = services;
        this.following = following;
        this.reading = reading;
        this.mentions = new Mentions(services.identities());
    }

    Taken post(Command.Post post, Person who) {
        boolean calls = Mentions.areIn(post.content().text());
        return write(
                who,
                post.room(),
                calls,
                room -> calls
                        ? called(post.content().text())
                                .thenCompose(users ->
                                        append(room, who, post.content().mentioning(users), post.key()))
                        : append(room, who, post.content(), post.key()));
    }

    Taken amend(Command.Amend amend, Person who) {
        if (amend.amendment() instanceof Amendment.Edit edit && Mentions.areIn(edit.text())) {
            return write(
                    who,
                    amend.room(),
                    true,
                    room -> called(edit.text())
                            .thenCompose(users ->
                                    amend(room, who, new Amendment.Edit(edit.of(), edit.text(), users), amend.key())));
        }
        return write(who, amend.room(), false, room -> amend(room, who, amend.amendment(), amend.key()));
    }

    /** @param inTurn whether the writing itself must wait, so that later commands could overtake it */
    private Taken write(Person who, RoomName name, boolean inTurn, Function<Room, CompletionStage<Result>> write) {
        Optional<Room> followed = following.find(name);
        if (followed.isEmpty()) {
            return Taken.inTurn(reading.withRoom(who.user(), name, room -> permitted(who, room, write)));
        }
        Room room = followed.get();
        // Its author may leave before it is written, and whoever joins then must meet the same room.
        services.rooms().hold(room);
        CompletionStage<Result> result = permitted(who, room, write)
                .whenComplete((done, failure) -> services.rooms().release(room));
        return inTurn ? Taken.inTurn(result) : Taken.alongside(result);
    }

    private CompletionStage<Result> permitted(Person who, Room room, Function<Room, CompletionStage<Result>> write) {
        Optional<Refusal> no = services.access().post(who.user(), room);
        return no.isPresent() ? Result.stage(new Reply.Failed(no.get())) : write.apply(room);
    }

    private CompletionStage<List<UserId>> called(String text) {
        return Reading.on(services.readers(), () -> mentions.in(text));
    }

    private CompletionStage<Result> append(Room room, Person who, Content content, Optional<MessageKey> key) {
        // Asked now: they may be gone by the time that it is written.
        User author = who.user();
        Write append = new Write.Append(room, author, Optional.of(who.session()), content, key);
        return services.committer().submit(append).thenApply(written -> {
            if (written instanceof Written.Stored) {
                services.signals().notTyping(room.name(), author.id());
                who.reader().posted(author);
                keepName(author);
            }
            return Result.of(written);
        });
    }

    /** A guest is stored with their first post, as they were called when they sent it; they may have another name by now. */
    private void keepName(User author) {
        Optional<User> now = services.identities().here(author.id());
        now.map(User::name)
                .filter(name -> !name.equals(author.name()))
                .ifPresent(name -> services.committer().submit(new Write.Rename(author.id(), name)));
    }

    private CompletionStage<Result> amend(Room room, Person who, Amendment amendment, Optional<MessageKey> key) {
        Write amend = new Write.Amend(room, who.user(), Optional.of(who.session()), amendment, key);
        return services.committer().submit(amend).thenApply(Result::amended);
    }
}
