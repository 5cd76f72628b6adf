package io.parley.presence;

import io.parley.identity.User;
import java.util.List;

/**
 * Who is in a room at one moment. Immutable.
 *
 * @param version changes made after this one are not in it yet
 * @param users empty when there are too many to be spelt out
 * @param count how many there are in any case
 */
public record Present(long version, List<User> users, int count) {
    public Present {
        users = List.copyOf(users);
    }
}
