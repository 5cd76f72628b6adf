package io.parley.room;

import io.parley.identity.User;
import io.parley.identity.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One entry of a room's log (protocol §1, entry kinds). Immutable. */
public sealed interface Entry {

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

    /** About how many bytes it takes in memory. */
    int weight();

    /**
     * Somebody said something.
     *
     * @param key as its author chose it, given back letter for letter
     */
    record Message(long seq, Instant at, User from, Content content, Optional<MessageKey> key) implements Entry {
        private static final int FIXED_WEIGHT = 200;

        @Override
        public int weight() {
            return FIXED_WEIGHT + 2 * content.text().length();
        }
    }
}
