package io.parley.room;

import io.parley.identity.User;
import java.time.Instant;
import java.util.Optional;

/**
 * A write that wants to become an entry. Immutable.
 *
 * @param author as the store knows them
 * @param hash what tells its content from another under the same key
 */
record Candidate(PendingWrite pending, Write write, Room room, Optional<MessageKey> key, long author, long hash) {

    /**
     * What a write comes to; empty when it is no entry that it wants.
     *
     * @throws NameHeldException when the author is new and somebody else holds the name
     */
    static Optional<Candidate> of(PendingWrite pending, RoomLog.Transaction transaction, Instant now) {
        if (pending.write() instanceof Write.Append append) {
            long author = transaction.author(append.user(), append.session(), now);
            long hash = ContentHash.of(append.content());
            return Optional.of(new Candidate(pending, append, append.room(), append.key(), author, hash));
        }
        if (pending.write() instanceof Write.Amend amend) {
            long author = transaction.author(amend.user(), amend.session(), now);
            long hash = ContentHash.of(amend.amendment());
            return Optional.of(new Candidate(pending, amend, amend.room(), amend.key(), author, hash));
        }
        return Optional.empty();
    }

    Optional<RoomLog.KeyRef> keyRef() {
        return key.map(known -> new RoomLog.KeyRef(room.id(), author, known));
    }

    /** The entry that it becomes there. */
    Entry entry(long seq, Instant at) {
        if (write instanceof Write.Append append) {
            return new Entry.Message(seq, at, append.user(), append.content(), key);
        }
        if (write instanceof Write.Amend amend) {
            return entry(amend.amendment(), amend.user(), seq, at);
        }
        throw new IllegalStateException("no rule for " + write.getClass());
    }

    private Entry entry(Amendment amendment, User user, long seq, Instant at) {
        if (amendment instanceof Amendment.Edit edit) {
            return new Entry.Edit(seq, at, user, edit.of(), Optional.of(edit.text()), edit.mentions(), key);
        }
        if (amendment instanceof Amendment.Delete delete) {
            return new Entry.Delete(seq, at, user, delete.of());
        }
        if (amendment instanceof Amendment.React react) {
            return new Entry.Reaction(seq, at, user, react.of(), react.emoji(), react.on());
        }
        if (amendment instanceof Amendment.SetTopic topic) {
            return new Entry.Topic(seq, at, user, topic.topic());
        }
        throw new IllegalStateException("no rule for " + amendment.getClass());
    }
}
