package io.parley.delivery;

import io.parley.presence.PresenceChange;
import io.parley.room.RoomName;
import java.util.OptionalLong;

/** What a client is told without having asked, other than entries. Immutable. */
public sealed interface Event {

    /** People came or went. */
    record PresenceMoved(RoomName room, PresenceChange change) implements Event {}

    /**
     * The server closes; the last thing that it says.
     *
     * @param retryAfter in how many milliseconds to come again
     */
    record Bye(CloseReason reason, OptionalLong retryAfter) implements Event {}
}
