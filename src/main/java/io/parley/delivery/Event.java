package io.parley.delivery;

import io.parley.access.Refusal;
import io.parley.identity.User;
import io.parley.presence.PresenceChange;
import io.parley.room.RoomName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a client is told without having asked, other than entries. Immutable. */
public sealed interface Event {

    /** A client that only listens follows a room from now on; what a {@code join} would have been answered. */
    record Begun(Reply.Joined joined) implements Event {}

    /** A client that only listens cannot follow a room, or not now. */
    record Refused(RoomName room, Refusal refusal) implements Event {}

    /** People came or went. */
    record PresenceMoved(RoomName room, PresenceChange change) implements Event {}

    /** These are typing in a room now, and nobody else. */
    record Typing(RoomName room, List<User> who) implements Event {
        public Typing {
            who = List.copyOf(who);
        }
    }

    /** Somebody has read a room up to there. */
    record Read(RoomName room, User from, long seq) implements Event {}

    /** Somebody is called that now. */
    record Profile(User user) implements Event {}

    /** A client is further behind than it wants to be: it is not sent what lies after {@code after} up to {@code head}. */
    record Gap(RoomName room, long after, long head) implements Event {}

    /** This client reads the room no longer. */
    record Left(RoomName room, String reason) implements Event {}

    /** Public rooms that are there now, and that are not any more. */
    record RoomsMoved(List<RoomName> opened, List<RoomName> closed) implements Event {
        public RoomsMoved {
            opened = List.copyOf(opened);
            closed = List.copyOf(closed);
        }
    }

    /** Words for this client alone. */
    record Notice(Optional<RoomName> room, User from, String text) implements Event {}

    /**
     * The server closes; the last thing that it says.
     *
     * @param retryAfter in how many milliseconds to come again
     */
    record Bye(CloseReason reason, OptionalLong retryAfter) implements Event {}
}
