package io.parley.cli;

import io.parley.identity.User;
import io.parley.room.Amendment;
import io.parley.room.Committer;
import io.parley.room.Room;
import io.parley.room.RoomName;
import io.parley.room.Rooms;
import io.parley.room.Write;
import io.parley.room.Written;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** {@code delete ROOM SEQ}. Thread-safe. */
public final class DeleteCommand implements ServerCommand {
    static final Usage USAGE = new Usage("delete", List.of("ROOM", "SEQ"), "erases a message, whoever wrote it", """
                    Erases the message that has the number SEQ in ROOM, whoever wrote it: its text and those of its edits are gone from
                    the disk, and from what anybody is sent from now on. Readers see that the operator deleted it. A link to a message
                    ends in its number; copies of the data folder made before keep the text.""");

    private static final Logger LOG = System.getLogger(DeleteCommand.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Rooms rooms;
    private final Committer committer;

    public DeleteCommand(Rooms rooms, Committer committer) {
        this.rooms = rooms;
        this.committer = committer;
    }

    @Override
    public String name() {
        return USAGE.name();
    }

    @Override
    public void run(List<String> arguments, Consumer<String> out) throws InterruptedException {
        RoomName name = Named.room(arguments.get(0));
        long seq = Long.parseLong(arguments.get(1));
        Written written = awaited(rooms.acquire(name)
                        .thenCompose(found -> found.map(room -> delete(room, seq))
                                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))))
                .orElseThrow(() -> CommandFailure.notDone("there is no room called " + name.value()));
        out.accept(told(written, name, seq));
    }

    /** Holds the room until it is answered, however long the operator waits. */
    private CompletionStage<Optional<Written>> delete(Room room, long seq) {
        Amendment delete = new Amendment.Delete(seq);
        return committer
                .submit(new Write.Amend(room, User.OPERATOR, Optional.empty(), delete, Optional.empty()))
                .whenComplete((written, failure) -> rooms.release(room))
                .thenApply(Optional::of);
    }

    private static String told(Written written, RoomName room, long seq) {
        if (written instanceof Written.Stored) {
            LOG.log(Level.INFO, "message {0} of {1} was deleted by an operator", Long.toString(seq), room.value());
            return "deleted " + seq + " of " + room.value();
        }
        if (written instanceof Written.Unchanged) {
            return seq + " of " + room.value() + " was deleted before";
        }
        if (written instanceof Written.Refused refused && refused.reason() == Written.Reason.NO_SUCH_MESSAGE) {
            throw CommandFailure.notDone("%s has no message %d".formatted(room.value(), seq));
        }
        if (written instanceof Written.Refused refused && refused.reason() == Written.Reason.NAME_HELD) {
            throw CommandFailure.notDone(
                    "a guest is called %s: have them renamed, or drop them and wait".formatted(User.OPERATOR.name()));
        }
        throw CommandFailure.notDone("the store takes no writes now; the server's log says why");
    }

    private static <T> T awaited(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "a message could not be deleted", e);
            throw CommandFailure.notDone("the store does not answer; the server's log says why");
        }
    }
}
