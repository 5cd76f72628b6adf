package io.parley.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A store that fails when it is told to. Thread-safe. */
final class FailingUserStore implements UserStore {
    private final UserStore store;
    private volatile boolean down;

    FailingUserStore(UserStore store) {
        this.store = store;
    }

    void isDown(boolean now) {
        down = now;
    }

    @Override
    public byte[] tokenKey() {
        return store.tokenKey();
    }

    @Override
    public Optional<StoredUser> bySession(SessionHash hash) {
        fail();
        return store.bySession(hash);
    }

    @Override
    public Set<UserId> holdersOf(UserName name, Instant now) {
        fail();
        return store.holdersOf(name, now);
    }

    @Override
    public Optional<UserId> holderOf(UserName name, Instant now) {
        fail();
        return store.holderOf(name, now);
    }

    @Override
    public Set<SessionHash> revoked() {
        fail();
        return store.revoked();
    }

    @Override
    public Optional<User> byId(UserId id) {
        fail();
        return store.byId(id);
    }

    @Override
    public Set<SessionHash> sessions(UserId user) {
        fail();
        return store.sessions(user);
    }

    @Override
    public CompletionStage<Boolean> revoke(User user, Optional<SessionHash> session) {
        fail();
        return store.revoke(user, session);
    }

    @Override
    public CompletionStage<Boolean> rename(UserId user, UserName name, Instant at) {
        fail();
        return store.rename(user, name, at);
    }

    @Override
    public void touch(UserId user, Instant at) {
        fail();
        store.touch(user, at);
    }

    private void fail() {
        if (down) {
            throw new IllegalStateException("the store is down");
        }
    }
}
