package io.parley.store;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;

/** Users as rows, to and fro. Stateless. */
final class UserRows {
    private static final int GUEST = 1;
    private static final int BOT = 2;

    private UserRows() {}

    static User user(String publicId, String name, int kind) {
        return new User(new UserId(publicId), new UserName(name), isGuest(kind), (kind & BOT) != 0);
    }

    static int kind(User user) {
        return (user.guest() ? GUEST : 0) + (user.bot() ? BOT : 0);
    }

    static boolean isGuest(int kind) {
        return (kind & GUEST) != 0;
    }
}
