package io.parley.delivery;

import io.parley.identity.Login;
import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.room.Reader;

/** Who a connection is: known by a login, and having read so far. Thread-safe; closed with the connection. */
record Person(Login login, Reader reader) implements AutoCloseable {

    /** The user, as they are called now. */
    User user() {
        return login.user();
    }

    /** Who it is, also when they are gone: for what is done alongside, on other threads. */
    UserId id() {
        return login.id();
    }

    SessionHash session() {
        return login.session();
    }

    @Override
    public void close() {
        reader.close();
        login.close();
    }
}
