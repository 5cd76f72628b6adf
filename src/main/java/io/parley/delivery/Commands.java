package io.parley.delivery;

import io.parley.access.Access;
import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.config.Limits;
import io.parley.identity.Credentials;
import io.parley.identity.Identities;
import io.parley.identity.Login;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.presence.Presence;
import io.parley.room.Committer;
import io.parley.room.Room;
import io.parley.room.RoomLog;
import io.parley.room.RoomName;
import io.parley.room.Rooms;
import io.parley.room.Write;
import io.parley.room.Written;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one connection's commands. Confined to the connection's taking of commands, which is one at a time; never blocks.
 */
final class Commands {
    /** What commands are carried out with. Immutable. */
    record Services(
            Rooms rooms,
            RoomLog log,
            Committer committer,
            Identities identities,
            Access access,
            Presence presence,
            Executor readers,
            Limits limits) {}

    /** A command under way: whether the commands behind it must wait for it. */
    record Taken(CompletionStage<Result> result, boolean othersWait) {
        static Taken now(Reply reply) {
            return new Taken(Result.stage(reply), false);
        }

        static Taken alongside(CompletionStage<Result> result) {
            return new Taken(result, false);
        }

        static Taken inTurn(CompletionStage<Result> result) {
            return new Taken(result, true);
        }
    }

    private final Services services;
    private final Credentials credentials;
    private final Outbox outbox;
    private final Reading reading;
    private final JoinedRooms joined;
    private @Nullable Login login;

    Commands(Services services, Credentials credentials, Outbox outbox) {
        this.services = services;
        this.credentials = credentials;
        this.outbox = outbox;
        this.joined = new JoinedRooms(services, outbox);
        this.reading = new Reading(services);
    }

    /** Begins to carry out a command. One that comes before {@code hello} is taken as if an empty one had come first. */
    Taken take(Command command) {
        if (command instanceof Command.Hello hello) {
            return login == null
                    ? Taken.inTurn(hello(hello))
                    : Taken.now(new Reply.Failed(Refusal.of(ErrorCode.BAD_REQUEST, "hello was said already")));
        }
        if (command instanceof Command.Invalid invalid) {
            return Taken.now(new Reply.Failed(invalid.refusal()));
        }
        Login known = login;
        if (known == null) {
            Command.Hello empty = new Command.Hello(Optional.empty(), Optional.empty(), false);
            return Taken.inTurn(hello(empty).thenCompose(welcome -> {
                welcome.effect().run();
                Login fresh = login;
                return fresh == null
                        ? Result.stage(welcome)
                        : take(command, fresh).result();
            }));
        }
        return take(command, known);
    }

    /** Whether this is a user's. Called by the worker. */
    boolean isOf(UserId user) {
        Login known = login;
        return known != null && known.id().equals(user);
    }

    /** The connection is gone: leaves its rooms and its name. Called last, when nothing is being taken. */
    void end() {
        Login known = login;
        if (known != null) {
            joined.leaveAll(known.user());
            known.close();
        }
    }

    private Taken take(Command command, Login who) {
        User user = who.user();
        if (command instanceof Command.Post post) {
            return post(post, who);
        }
        if (command instanceof Command.Join join) {
            return Taken.inTurn(joined.join(who, join.room(), join.from()));
        }
        if (command instanceof Command.Enter enter) {
            return Taken.inTurn(open(user, enter.room())
                    .thenCompose(opened -> opened.reply() instanceof Reply.Opened
                            ? joined.moveTo(who, enter.room())
                            : Result.stage(opened)));
        }
        if (command instanceof Command.Leave leave) {
            return Taken.inTurn(joined.leave(user, leave.room()));
        }
        if (command instanceof Command.SetName name) {
            return Taken.inTurn(rename(who, name.name()));
        }
        if (command instanceof Command.Open open) {
            return Taken.inTurn(open(user, open.room()));
        }
        return takeReading(command, user);
    }

    private Taken takeReading(Command command, User user) {
        if (command instanceof Command.Before before) {
            return Taken.alongside(reading.before(user, before));
        }
        if (command instanceof Command.After after) {
            return Taken.alongside(reading.after(user, after));
        }
        if (command instanceof Command.ListRooms list) {
            return Taken.alongside(list.mine() ? reading.mine(joined.names(), list) : reading.rooms(list));
        }
        if (command instanceof Command.Who who) {
            return Taken.alongside(reading.who(user, who.room()));
        }
        if (command instanceof Command.Probe probe) {
            return Taken.alongside(reading.probe(user, probe));
        }
        if (command instanceof Command.Ping) {
            return Taken.now(new Reply.Pong());
        }
        if (command instanceof Command.Help) {
            return Taken.now(new Reply.Helped());
        }
        if (command instanceof Command.Quit) {
            return Taken.inTurn(Result.closing(new Reply.Pong(), CloseReason.NORMAL));
        }
        throw new IllegalStateException("no rule for " + command.getClass());
    }

    private CompletionStage<Result> hello(Command.Hello hello) {
        Credentials all = credentials.with(hello.token(), hello.name());
        return Reading.on(services.readers(), () -> services.identities().login(all))
                .thenApply(fresh -> {
                    Optional<String> token = credentials.cookie().isPresent() ? Optional.empty() : fresh.issuedToken();
                    return Result.of(new Reply.Welcome(fresh.user(), token), () -> {
                        login = fresh;
                        if (services.identities().isRevoked(fresh)) {
                            // Ended while the door was being opened: whoever cut the others did not see this one.
                            outbox.close(CloseReason.ENDED, null);
                        }
                        if (hello.binaryFrames()) {
                            outbox.useBinary();
                        }
                    });
                });
    }

    private CompletionStage<Result> rename(Login who, UserName name) {
        return Reading.on(services.readers(), () -> services.identities().rename(who, name))
                .thenCompose(stage -> stage)
                .thenApply(renamed -> renamed.map(user -> Result.of(new Reply.Named(user), () -> joined.renamed(user)))
                        .orElseGet(() -> Result.refused(Refusal.of(
                                ErrorCode.NAME_TAKEN, "somebody else is called that; choose another name"))));
    }

    private Taken post(Command.Post post, Login who) {
        Optional<Room> room = joined.find(post.room());
        if (room.isPresent()) {
            // Its author may leave before it is written, and whoever joins then must meet the same room.
            services.rooms().hold(room.get());
            return Taken.alongside(post(room.get(), post, who)
                    .whenComplete((result, failure) -> services.rooms().release(room.get())));
        }
        return Taken.inTurn(reading.withRoom(who.user(), post.room(), found -> post(found, post, who)));
    }

    private CompletionStage<Result> post(Room room, Command.Post post, Login who) {
        Optional<Refusal> no = services.access().post(who.user(), room);
        if (no.isPresent()) {
            return Result.stage(new Reply.Failed(no.get()));
        }
        Write.Append append =
                new Write.Append(room, who.user(), Optional.of(who.session()), post.content(), post.key());
        return services.committer().submit(append).thenApply(Result::of);
    }

    /** Makes sure that a public room is there; one that is costs no write. */
    private CompletionStage<Result> open(User user, RoomName name) {
        return services.rooms().acquire(name).thenCompose(found -> {
            if (found.isPresent()) {
                services.rooms().release(found.get());
                Optional<Refusal> no = services.access().read(user, found.get().kind());
                return Result.stage(no.<Reply>map(Reply.Failed::new).orElseGet(() -> new Reply.Opened(name)));
            }
            Optional<Refusal> no = services.access().open(user);
            return no.isPresent()
                    ? Result.stage(new Reply.Failed(no.get()))
                    : services.committer()
                            .submit(new Write.Open(user.id(), name))
                            .thenApply((Written written) -> Result.of(written));
        });
    }
}
