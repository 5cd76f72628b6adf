package io.parley.presence;

import io.parley.identity.User;
import java.util.List;

/** What changed in a room's presence up to {@link #version}. Immutable. */
public sealed interface PresenceChange {

    /** The version that the change leads to. */
    long version();

    /** How many are there afterwards. */
    int count();

    /** These came or are called otherwise now, and those went. */
    record Moved(long version, List<User> joined, List<User> left, int count) implements PresenceChange {
        public Moved {
            joined = List.copyOf(joined);
            left = List.copyOf(left);
        }
    }

    /** Too much changed to tell; these are there, or too many to be spelt out. */
    record Reset(Present present) implements PresenceChange {
        @Override
        public long version() {
            return present.version();
        }

        @Override
        public int count() {
            return present.count();
        }
    }
}
