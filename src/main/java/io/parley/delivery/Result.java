package io.parley.delivery;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.identity.LoginRefusedException;
import io.parley.room.ReadMark;
import io.parley.room.RoomLogException;
import io.parley.room.Written;
import io.parley.text.InvalidInput;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a command came to. Immutable.
 *
 * @param effect done by the connection's worker just before the reply is queued, so that the reply is the border
 * @param close why the connection ends with this reply, if it does
 */
record Result(Reply reply, Runnable effect, Optional<CloseReason> close) {
    private static final Logger LOG = System.getLogger(Result.class.getName());

    static Result of(Reply reply) {
        return of(reply, () -> {});
    }

    static Result of(Reply reply, Runnable effect) {
        return new Result(reply, effect, Optional.empty());
    }

    static Result refused(Refusal refusal) {
        return of(new Reply.Failed(refusal));
    }

    static CompletionStage<Result> stage(Reply reply) {
        return stage(of(reply));
    }

    static CompletionStage<Result> stage(Result result) {
        return CompletableFuture.completedFuture(result);
    }

    static CompletionStage<Result> closing(Reply reply, CloseReason reason) {
        return stage(new Result(reply, () -> {}, Optional.of(reason)));
    }

    /** What the committer's answer means to whoever asked. */
    static Result of(Written written) {
        if (written instanceof Written.Stored stored) {
            return of(new Reply.Posted(stored.seq(), stored.at(), stored.duplicate()));
        }
        if (written instanceof Written.Opened opened) {
            return of(new Reply.Opened(opened.room().name()));
        }
        if (written instanceof Written.Marked || written instanceof Written.Done) {
            return of(new Reply.Noted());
        }
        if (written instanceof Written.Refused refused) {
            return refused(refusal(refused.reason()));
        }
        throw new IllegalStateException("no rule for " + written.getClass());
    }

    /** What came of a command that was carried out, or failed. */
    static Result of(@Nullable Result result, @Nullable Throwable failure) {
        return result != null ? result : failed(Objects.requireNonNull(failure));
    }

    /** The same, where only the place of what was written is told. */
    static Result amended(Written written) {
        if (written instanceof Written.Stored stored) {
            return of(new Reply.Amended(stored.seq()));
        }
        return written instanceof Written.Unchanged unchanged ? of(new Reply.Amended(unchanged.seq())) : of(written);
    }

    /** What a failure means to whoever asked; a bug is logged under a reference, which is all that they learn of it. */
    static Result failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof LoginRefusedException refused) {
            Refusal refusal = Refusal.of(ErrorCode.NOT_AUTHENTICATED, refused.explanation());
            return new Result(new Reply.Failed(refusal), () -> {}, Optional.of(CloseReason.UNAUTHORISED));
        }
        if (cause instanceof InvalidInput input) {
            return refused(Refusal.of(input));
        }
        if (cause instanceof RoomLogException || cause instanceof RejectedExecutionException) {
            LOG.log(Level.WARNING, "a command was answered as unavailable: {0}", cause.toString());
            return refused(Refusal.unavailable());
        }
        String reference = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "internal error " + reference, cause);
        return refused(Refusal.of(ErrorCode.INTERNAL, "internal error; its reference is " + reference));
    }

    /** A {@code hello} that failed: what was said after it must not be taken for somebody else's, so that there is no talking on. */
    static Result notKnown(Throwable failure) {
        Result failed = failed(failure);
        return failed.close.isPresent()
                ? failed
                : new Result(failed.reply, failed.effect, Optional.of(CloseReason.NOT_NOW));
    }

    private static Refusal refusal(Written.Reason reason) {
        return switch (reason) {
            case KEY_CONFLICT ->
                Refusal.of(
                        ErrorCode.KEY_CONFLICT,
                        "this key was used in this room for another text; every text needs a key of its own");
            case NAME_HELD ->
                Refusal.of(
                        ErrorCode.NAME_TAKEN,
                        "somebody else is called that by now; choose another name and post again");
            case TOO_MANY_ROOMS ->
                Refusal.of(ErrorCode.TOO_MANY, "read marks are kept in " + ReadMark.MOST_ROOMS + " rooms at most");
            case NO_SUCH_ROOM -> Refusal.noSuchRoom();
            case NO_SUCH_MESSAGE -> Refusal.noSuchMessage();
            case NOT_YOURS ->
                Refusal.of(ErrorCode.FORBIDDEN, "only whoever wrote a message, or made a room, can change it");
            case TOO_MANY_EMOJIS ->
                Refusal.of(
                        ErrorCode.TOO_MANY, "this message bears as many different signs as it may; take one of them");
            case UNAVAILABLE -> Refusal.unavailable();
            case INTERNAL -> notStored();
        };
    }

    /** The committer has logged why, but knows of no reference. */
    private static Refusal notStored() {
        String reference = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "internal error {0}: a write cannot be stored, for the reason that was logged", reference);
        return Refusal.of(ErrorCode.INTERNAL, "this cannot be stored; the error's reference is " + reference);
    }
}
