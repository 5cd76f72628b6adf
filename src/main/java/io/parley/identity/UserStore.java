package io.parley.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The port to the store: users and their sessions. Thread-safe.
 *
 * <p>The methods that return plainly block and belong to the readers; the others hand a write to the committer. A failing store shows
 * as an unchecked exception, thrown or in the stage; one that takes no writes now as a {@link
 * java.util.concurrent.RejectedExecutionException}.
 */
public interface UserStore {

    /** How long a guest's name is held after the session was last used (protocol §1). */
    Duration NAME_HELD = Duration.ofDays(30);

    /** The secret that this installation's guest tokens are signed with: 32 bytes, made when the store was. */
    byte[] tokenKey();

    /** The user whose session has that token, unless it was revoked. */
    Optional<StoredUser> bySession(SessionHash hash);

    /** Who holds a name, or one that looks like it; a guest not seen for {@link #NAME_HELD} holds none. At most two. */
    Set<UserId> holdersOf(UserName name, Instant now);

    /** Who holds that very name; a guest not seen for {@link #NAME_HELD} holds none. */
    Optional<UserId> holderOf(UserName name, Instant now);

    /** Every session that was revoked. */
    Set<SessionHash> revoked();

    /** The user of that id, or empty when the store does not know them. */
    Optional<User> byId(UserId id);

    /** Every session of a user. */
    Set<SessionHash> sessions(UserId user);

    /**
     * Ends all sessions of a user, for ever; one who was never stored is, so that it is remembered.
     *
     * @param session the one that they are here by, if they are
     * @return false when the store takes no writes now
     */
    CompletionStage<Boolean> revoke(User user, Optional<SessionHash> session);

    /** Gives a user another name; false when somebody else holds it. A user who is not stored yet is left alone, with true. */
    CompletionStage<Boolean> rename(UserId user, UserName name, Instant at);

    /** Remembers that a user's session is in use. */
    void touch(UserId user, Instant at);

    /** A stored user. Immutable. */
    record StoredUser(User user, Instant lastUsed) {}
}
