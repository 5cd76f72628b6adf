package io.parley.presence;

import io.parley.identity.User;
import java.util.List;

/** Something that passes in a room and is not kept (protocol §1, signals). Immutable. */
public sealed interface Signal {

    /** These are typing now, and nobody else. */
    record Typing(List<User> who) implements Signal {
        public Typing {
            who = List.copyOf(who);
        }
    }

    /** Somebody has read up to there. */
    record Read(User from, long seq) implements Signal {}

    /** Somebody is called that now. */
    record Profile(User user) implements Signal {}

    /**
     * A signal with its place among those of its room.
     *
     * @param version who has seen this one has seen all of lower versions
     */
    record Passed(long version, Signal signal) {}
}
