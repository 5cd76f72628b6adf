package io.parley.room;

import io.parley.identity.SessionHash;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.identity.UserStore;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** The users in a log in memory. Thread-safe. */
final class InMemoryUsers implements UserStore {
    private final Supplier<InMemoryRoomLog.State> state;
    private final Function<Write, CompletionStage<Written>> committer;

    InMemoryUsers(Supplier<InMemoryRoomLog.State> state, Function<Write, CompletionStage<Written>> committer) {
        this.state = state;
        this.committer = committer;
    }

    @Override
    public byte[] tokenKey() {
        return new byte[32];
    }

    @Override
    public Optional<StoredUser> bySession(SessionHash hash) {
        InMemoryRoomLog.State now = state.get();
        return Optional.ofNullable(now.sessions.get(hash)).map(now.users::get);
    }

    @Override
    public Set<UserId> holdersOf(UserName name, Instant at) {
        return state.get().holders(name, at);
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
