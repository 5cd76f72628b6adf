package io.parley.identity;

import java.util.Optional;

/**
 * Somebody who is here by one connection or request. Thread-safe; closed by whoever asked for it.
 *
 * <p>All of one user's logins share one name: who is renamed in one tab is renamed in all.
 */
public final class Login implements AutoCloseable {
    private final ActiveUsers users;
    private final UserId id;
    private final SessionToken session;
    private final boolean issued;

    Login(ActiveUsers users, UserId id, SessionToken session, boolean issued) {
        this.users = users;
        this.id = id;
        this.session = session;
        this.issued = issued;
    }

    /** The user, as they are called now. */
    public User user() {
        return users.current(id);
    }

    /** Who this is, also when they are gone. */
    public UserId id() {
        return id;
    }

    /** What the store shall know the session by. */
    public SessionHash session() {
        return session.hash();
    }

    /** The token, when it was made for this login and its owner does not have it yet. */
    public Optional<String> issuedToken() {
        return issued ? Optional.of(session.secret()) : Optional.empty();
    }

    @Override
    public void close() {
        users.leave(id);
    }
}
