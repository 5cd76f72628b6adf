package io.parley.room;

import io.parley.identity.User;
import io.parley.identity.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One entry of a room's log (protocol §1, entry kinds). Immutable. */
public sealed interface Entry {
    /** What every entry takes beside what was written in it, in bytes. */
    int FIXED_WEIGHT = 200;

    /** Its place in the log: 1 for the first, each one more than the one before. */
    long seq();

    /** When it was committed, in milliseconds; never before the entry in front of it. */
    Instant at();

    /** Who wrote it, called as they were then. */
    User from();

    /** Whom it calls by name, so that it can be counted for them. */
    default List<UserId> mentions() {
        return List.of();
    }

    /** As its author chose it, given back letter for letter. */
    default Optional<MessageKey> key() {
        return Optional.empty();
    }

    /** About how many bytes it takes in memory. */
    default int weight() {
        return FIXED_WEIGHT;
    }

    /** What is left of it when the message that it is, or is about, has been deleted. */
    default Entry erased() {
        return this;
    }

    /**
     * Somebody said something.
     *
     * @param deleted whether that was deleted since: the place stays, what was said is gone
     */
    record Message(long seq, Instant at, User from, Content content, Optional<MessageKey> key, boolean deleted)
            implements Entry {

        /** A message that is still there. */
        public Message(long seq, Instant at, User from, Content content, Optional<MessageKey> key) {
            this(seq, at, from, content, key, false);
        }

        @Override
        public int weight() {
            return FIXED_WEIGHT + content.weight();
        }

        @Override
        public List<UserId> mentions() {
            return content.mentions();
        }

        /** The same as its author put it later. */
        public Message edited(String text, List<UserId> mentions) {
            return new Message(seq, at, from, content.edited(text, mentions), key, deleted);
        }

        @Override
        public Message erased() {
            return new Message(seq, at, from, content.erased(), key, true);
        }
    }

    /**
     * The author of a message put it otherwise.
     *
     * @param text empty when the message was deleted since
     */
    record Edit(
            long seq,
            Instant at,
            User from,
            long of,
            Optional<String> text,
            List<UserId> mentions,
            Optional<MessageKey> key)
            implements Entry {
        public Edit {
            mentions = List.copyOf(mentions);
        }

        @Override
        public int weight() {
            return FIXED_WEIGHT + 2 * text.map(String::length).orElse(0) + Content.MENTION_WEIGHT * mentions.size();
        }

        @Override
        public Edit erased() {
            return new Edit(seq, at, from, of, Optional.empty(), List.of(), key);
        }
    }

    /** The author of a message took it back. */
    record Delete(long seq, Instant at, User from, long of) implements Entry {}

    /** Somebody answered a message with a sign, or took that back. */
    record Reaction(long seq, Instant at, User from, long of, Emoji emoji, boolean on) implements Entry {}

    /** The room is about something else now. */
    record Topic(long seq, Instant at, User from, String topic) implements Entry {
        @Override
        public int weight() {
            return FIXED_WEIGHT + 2 * topic.length();
        }
    }
}
