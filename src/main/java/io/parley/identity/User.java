package io.parley.identity;

/**
 * Somebody, as they were called when this was made. Immutable.
 *
 * @param guest whether this is a guest, known by nothing but a session
 * @param bot whether this is a program
 */
public record User(UserId id, UserName name, boolean guest, boolean bot) {
    /** Whoever has the machine: commands given there are theirs. The name is nobody else's. */
    public static final User OPERATOR = new User(new UserId("operator"), new UserName("Operator"), false, false);

    /** A guest of that name. */
    public static User guest(UserId id, UserName name) {
        return new User(id, name, true, false);
    }

    /** The same user under another name. */
    public User named(UserName other) {
        return new User(id, other, guest, bot);
    }
}
