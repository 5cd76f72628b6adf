package io.parley.hooks;

import io.parley.room.HookId;
import io.parley.room.RoomName;
import java.time.Instant;
import java.util.Optional;

/**
 * How an outgoing webhook is. Immutable.
 *
 * @param url with all that it holds: for the operator alone
 * @param behind how many entries of its room it has yet to take
 */
public record HookStatus(HookId id, RoomName room, String url, long behind, Optional<Failing> failing) {

    /** Its last attempts, so many of them, came to nothing. Immutable. */
    public record Failing(Instant since, int attempts, String reason) {}
}
