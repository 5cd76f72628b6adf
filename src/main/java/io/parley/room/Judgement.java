package io.parley.room;

import io.parley.identity.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What only the log itself can tell of a write: whether what it is about is still there, and whose it is. Confined to the committer's thread.
 *
 * <p>Entries are held back and stored together; before the log is asked, those held back are stored, so that it answers for this very
 * moment.
 */
final class Judgement {
    /** A page names all of them, for each of its messages. */
    static final int MOST_EMOJIS = 30;

    private final RoomLog.Transaction transaction;
    private final List<RoomLog.NewEntry> heldBack = new ArrayList<>();

    Judgement(RoomLog.Transaction transaction) {
        this.transaction = transaction;
    }

    void hold(RoomLog.NewEntry entry) {
        heldBack.add(entry);
    }

    /** Stores what is held back. */
    void store() {
        if (!heldBack.isEmpty()) {
            transaction.append(List.copyOf(heldBack));
            heldBack.clear();
        }
    }

    /** Why nothing is to be written; null when there is nothing against it. */
    @Nullable
    Written against(Candidate candidate) {
        if (candidate.write() instanceof Write.Append append) {
            return append.content().refers() ? againstReferences(append) : null;
        }
        if (candidate.write() instanceof Write.Amend amend) {
            store();
            return against(amend, candidate.author());
        }
        throw new IllegalStateException("no rule for " + candidate.write().getClass());
    }

    private @Nullable Written against(Write.Amend amend, long author) {
        RoomId room = amend.room().id();
        if (amend.amendment() instanceof Amendment.Edit edit) {
            return againstEdit(room, edit, author);
        }
        if (amend.amendment() instanceof Amendment.Delete delete) {
            return againstDelete(room, delete, author, amend.author().equals(User.OPERATOR.id()));
        }
        if (amend.amendment() instanceof Amendment.React react) {
            return againstReaction(room, react, author);
        }
        if (amend.amendment() instanceof Amendment.SetTopic) {
            boolean madeIt = transaction.maker(room).equals(Optional.of(amend.author()));
            return madeIt ? null : new Written.Refused(Written.Reason.NOT_YOURS);
        }
        throw new IllegalStateException("no rule for " + amend.amendment().getClass());
    }

    private @Nullable Written againstReferences(Write.Append append) {
        store();
        RoomId room = append.room().id();
        Content content = append.content();
        if (content.replyTo().isPresent()
                && transaction
                        .target(room, content.replyTo().getAsLong())
                        .filter(target -> target.deleted().isEmpty())
                        .isEmpty()) {
            return new Written.Refused(Written.Reason.NO_SUCH_MESSAGE);
        }
        // A thread goes on though its root was deleted.
        if (content.thread().isPresent()
                && transaction
                        .target(room, content.thread().getAsLong())
                        .filter(RoomLog.Target::isRoot)
                        .isEmpty()) {
            return new Written.Refused(Written.Reason.NO_SUCH_MESSAGE);
        }
        return null;
    }

    private @Nullable Written againstEdit(RoomId room, Amendment.Edit edit, long author) {
        RoomLog.Target target = transaction.target(room, edit.of()).orElse(null);
        if (target == null) {
            return new Written.Refused(Written.Reason.NO_SUCH_MESSAGE);
        }
        if (target.author() != author) {
            return new Written.Refused(Written.Reason.NOT_YOURS);
        }
        if (target.deleted().isPresent()) {
            return new Written.Refused(Written.Reason.NO_SUCH_MESSAGE);
        }
        return target.text().equals(edit.text())
                ? new Written.Unchanged(target.edit().orElse(edit.of()))
                : null;
    }

    private @Nullable Written againstDelete(RoomId room, Amendment.Delete delete, long author, boolean anybodys) {
        RoomLog.Target target = transaction.target(room, delete.of()).orElse(null);
        if (target == null) {
            return new Written.Refused(Written.Reason.NO_SUCH_MESSAGE);
        }
        if (target.author() != author && !anybodys) {
            return new Written.Refused(Written.Reason.NOT_YOURS);
        }
        return target.deleted().isPresent()
                ? new Written.Unchanged(target.deleted().getAsLong())
                : null;
    }

    private @Nullable Written againstReaction(RoomId room, Amendment.React react, long author) {
        RoomLog.Target target = transaction
                .target(room, react.of())
                .filter(found -> found.deleted().isEmpty())
                .orElse(null);
        if (target == null) {
            return new Written.Refused(Written.Reason.NO_SUCH_MESSAGE);
        }
        Optional<RoomLog.Reacted> before = transaction.reacted(room, react.of(), author, react.emoji());
        if (before.map(RoomLog.Reacted::on).orElse(false) == react.on()) {
            // Who never put the sign there: the message itself came without it.
            return new Written.Unchanged(before.map(RoomLog.Reacted::seq).orElse(react.of()));
        }
        return react.on() && target.emojis() >= MOST_EMOJIS && !transaction.bears(room, react.of(), react.emoji())
                ? new Written.Refused(Written.Reason.TOO_MANY_EMOJIS)
                : null;
    }
}
