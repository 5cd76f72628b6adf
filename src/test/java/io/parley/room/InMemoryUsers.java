package io.parley.room;

import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.identity.UserStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** The users in a log in memory. Thread-safe. */
final class InMemoryUsers implements UserStore {
    private final Supplier<InMemoryState> state;
    private final Function<Write, CompletionStage<Written>> committer;

    InMemoryUsers(Supplier<InMemoryState> state, Function<Write, CompletionStage<Written>> committer) {
        this.state = state;
        this.committer = committer;
    }

    @Override
    public byte[] tokenKey() {
        return new byte[32];
    }

    @Override
    public Optional<StoredUser> bySession(SessionHash hash) {
        InMemoryState now = state.get();
        return Optional.ofNullable(now.sessions.get(hash))
                .filter(user -> !now.revoked.contains(hash))
                .map(now.users::get);
    }

    @Override
    public Set<SessionHash> revoked() {
        return Set.copyOf(state.get().revoked);
    }

    @Override
    public Optional<User> byId(UserId id) {
        return Optional.ofNullable(state.get().users.get(id)).map(StoredUser::user);
    }

    @Override
    public Set<SessionHash> sessions(UserId user) {
        Map<SessionHash, UserId> all = new HashMap<>(state.get().sessions);
        all.values().removeIf(of -> !of.equals(user));
        return all.keySet();
    }

    @Override
    public CompletionStage<Boolean> revoke(User user, Optional<SessionHash> session) {
        return committer.apply(new Write.Revoke(user, session)).thenApply(Written.Done.class::isInstance);
    }

    @Override
    public Set<UserId> holdersOf(UserName name, Instant at) {
        return state.get().holders(name, at);
    }

    @Override
    public Optional<UserId> holderOf(UserName name, Instant at) {
        InMemoryState now = state.get();
        return now.holders(name, at).stream()
                .filter(holder ->
                        Objects.requireNonNull(now.names.get(holder)).folded().equals(name.folded()))
                .findFirst();
    }

    @Override
    public CompletionStage<Boolean> rename(UserId user, UserName name, Instant at) {
        return committer.apply(new Write.Rename(user, name)).thenApply(written -> {
            if (written instanceof Written.Refused refused && refused.reason() != Written.Reason.NAME_HELD) {
                throw new RejectedExecutionException("a name could not be stored: " + refused.reason());
            }
            return written instanceof Written.Done;
        });
    }

    @Override
    public void touch(UserId user, Instant at) {
        CompletionStage<Written> unused = committer.apply(new Write.Touch(user));
    }
}
