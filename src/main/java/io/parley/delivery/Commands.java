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
import io.parley.presence.Signals;
import io.parley.room.Committer;
import io.parley.room.ReadMarks;
import io.parley.room.RoomLog;
import io.parley.room.RoomName;
import io.parley.room.Rooms;
import io.parley.room.Write;
import io.parley.room.Written;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one client's commands. Confined to that client's taking of commands, which is one at a time; never blocks.
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
            Signals signals,
            ReadMarks marks,
            Visitors visitors,
            Directory directory,
            Lingering lingering,
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
    private final Following following;
    private final Function<Credentials, Optional<Refusal>> admission;
    private final Consumer<CloseReason> close;
    private final Reading reading;
    private final Signalling signalling;
    private final Writing writing;
    private @Nullable Person person;

    /**
     * The commands of somebody who is not known yet.
     *
     * @param admission says no to some before they are let in; asked by a reader, since it may block
     * @param close ends the talking
     */
    Commands(
            Services services,
            Credentials credentials,
            Following following,
            Function<Credentials, Optional<Refusal>> admission,
            Consumer<CloseReason> close) {
        this.services = services;
        this.credentials = credentials;
        this.following = following;
        this.admission = admission;
        this.close = close;
        this.reading = new Reading(services);
        this.signalling = new Signalling(services, reading);
        this.writing = new Writing(services, following, reading);
    }

    /** Begins to carry out a command. One that comes before {@code hello} is taken as if an empty one had come first. */
    Taken take(Command command) {
        if (command instanceof Command.Hello hello) {
            return person == null
                    ? Taken.inTurn(hello(hello).exceptionally(Result::notKnown))
                    : Taken.now(new Reply.Failed(Refusal.of(ErrorCode.BAD_REQUEST, "hello was said already")));
        }
        if (command instanceof Command.Invalid invalid) {
            return Taken.now(new Reply.Failed(invalid.refusal()));
        }
        Person known = person;
        if (known == null) {
            return Taken.inTurn(hello(Command.Hello.empty())
                    .thenComposeAsync(
                            welcome -> {
                                welcome.effect().run();
                                Person fresh = person;
                                return fresh == null || services.identities().isRevoked(fresh.login())
                                        ? Result.stage(welcome)
                                        : take(command, fresh).result();
                            },
                            following.worker()));
        }
        return take(command, known);
    }

    /** Whether this is a user's. Called by the worker. */
    boolean isOf(UserId user) {
        Person known = person;
        return known != null && known.user().id().equals(user);
    }

    /** The client is gone: leaves its rooms and its name. Called last, when nothing is being taken. */
    void end() {
        Person known = person;
        if (known != null) {
            following.went(known);
        }
    }

    private Taken take(Command command, Person who) {
        User user = who.user();
        if (command instanceof Command.Post post) {
            return writing.post(post, who);
        }
        if (command instanceof Command.Amend amend) {
            return writing.amend(amend, who);
        }
        if (command instanceof Command.Join join) {
            return Taken.inTurn(following.join(who, join.room(), join.from()));
        }
        if (command instanceof Command.Enter enter) {
            return Taken.inTurn(open(user, enter.room())
                    .thenCompose(opened -> opened.reply() instanceof Reply.Opened
                            ? following.moveTo(who, enter.room())
                            : Result.stage(opened)));
        }
        if (command instanceof Command.Leave leave) {
            return Taken.inTurn(following.leave(user, leave.room()));
        }
        if (command instanceof Command.Expel expel) {
            return Taken.inTurn(following.expel(user, expel.room(), expel.reason()));
        }
        if (command instanceof Command.SetName name) {
            return Taken.inTurn(rename(who, name.name()));
        }
        if (command instanceof Command.Open open) {
            return Taken.inTurn(open(user, open.room()));
        }
        if (command instanceof Command.Typing typing) {
            return Taken.alongside(following.within(user, typing.room(), room -> signalling.typing(user, typing)));
        }
        if (command instanceof Command.Read read) {
            return Taken.alongside(signalling.read(who, following.find(read.room()), read));
        }
        return takeReading(command, who);
    }

    private Taken takeReading(Command command, Person person) {
        User user = person.user();
        if (command instanceof Command.Before before) {
            return Taken.alongside(reading.before(user, before));
        }
        if (command instanceof Command.After after) {
            return Taken.alongside(reading.after(user, after));
        }
        if (command instanceof Command.ReadThread thread) {
            return Taken.alongside(reading.thread(user, thread));
        }
        if (command instanceof Command.ListRooms list) {
            CompletionStage<Result> page =
                    list.mine() ? reading.mine(person, following.names(), list) : reading.rooms(person, list);
            return Taken.alongside(page.thenApply(result -> Result.of(result.reply(), following::listsRooms)));
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
        return Reading.on(services.readers(), () -> admitted(hello)).thenCompose(coming -> coming);
    }

    /** Called by a reader. */
    private CompletionStage<Result> admitted(Command.Hello hello) {
        Credentials all = credentials.with(hello.token(), hello.name());
        Optional<Refusal> no = admission.apply(all);
        return no.isPresent()
                ? Result.closing(new Reply.Failed(no.get()), CloseReason.NOT_NOW)
                : person(all).thenApply(fresh -> welcome(fresh, hello));
    }

    private Result welcome(Person fresh, Command.Hello hello) {
        Optional<String> token = credentials.cookie().isPresent()
                ? Optional.empty()
                : fresh.login().issuedToken();
        return Result.of(new Reply.Welcome(fresh.user(), token), () -> {
            person = fresh;
            following.came(fresh, hello);
            if (services.identities().isRevoked(fresh.login())) {
                // Ended while the door was being opened: whoever cut the others did not see this one.
                close.accept(fresh.user().guest() ? CloseReason.DROPPED : CloseReason.REVOKED);
            }
        });
    }

    private CompletionStage<Person> person(Credentials credentials) {
        Login login = services.identities().login(credentials);
        return services.marks()
                .enter(login.user().id())
                .whenComplete((reader, failure) -> {
                    if (failure != null) {
                        login.close();
                    }
                })
                .thenApply(reader -> new Person(login, reader));
    }

    private CompletionStage<Result> rename(Person who, UserName name) {
        return Reading.on(services.readers(), () -> services.identities().rename(who.login(), name))
                .thenCompose(stage -> stage)
                .thenCompose(
                        renamed -> renamed.isPresent() ? Result.stage(renamed(renamed.get())) : nameTaken(who, name));
    }

    private Result renamed(User user) {
        return Result.of(new Reply.Named(user), () -> following.renamed(user));
    }

    private CompletionStage<Result> nameTaken(Person who, UserName name) {
        return Reading.on(
                        services.readers(),
                        () -> services.identities().suggestion(name, who.user().id()))
                .thenApply(free -> Result.refused(Refusal.of(
                        ErrorCode.NAME_TAKEN,
                        "somebody else is called that, or something that looks the same; "
                                + free.map(other -> "\"" + other + "\" is free").orElse("choose another name"))));
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
                            .thenApply(written -> {
                                if (written instanceof Written.Opened) {
                                    services.directory().opened(name);
                                }
                                return Result.of(written);
                            });
        });
    }
}
