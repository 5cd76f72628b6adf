package io.parley.delivery;

import io.parley.access.Refusal;
import io.parley.identity.User;
import io.parley.presence.Present;
import io.parley.room.Epoch;
import io.parley.room.RoomLog;
import io.parley.room.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a command is answered with, in no particular language. Immutable. */
public sealed interface Reply {

    /**
     * The answer to {@code hello}.
     *
     * @param token given once, to a new guest who has no cookie to be known by
     */
    record Welcome(User you, Optional<String> token) implements Reply {}

    /**
     * The room is followed from now on.
     *
     * @param head where following begins, unless the client's position goes on
     * @param complete whether the client's position goes on; there is then no page
     * @param readSeq how far the user has read, if they have ever said so
     */
    record Joined(
            RoomName room,
            Epoch epoch,
            long first,
            long head,
            String topic,
            boolean complete,
            Optional<RoomLog.Messages> page,
            Present present,
            OptionalLong readSeq)
            implements Reply {}

    record Left(RoomName room) implements Reply {}

    record Named(User you) implements Reply {}

    record Posted(long seq, Instant at, boolean duplicate) implements Reply {}

    /** A room or a message is as it was asked to be; the entry that made it so. */
    record Amended(long seq) implements Reply {}

    /** Messages of a page, as they stand at its head. */
    record Messages(RoomLog.Messages page) implements Reply {}

    /** A message and what hangs below it. */
    record ThreadMessages(RoomLog.ThreadPage thread) implements Reply {}

    /** Entries as they were, for catching up. */
    record Entries(RoomLog.Page page) implements Reply {}

    record RoomList(List<ListedRoom> rooms, boolean more) implements Reply {
        public RoomList {
            rooms = List.copyOf(rooms);
        }
    }

    record WhoIsThere(RoomName room, Present present) implements Reply {}

    record Opened(RoomName room) implements Reply {}

    /** The rooms that have moved, with their heads. */
    record Behind(Map<RoomName, Long> heads) implements Reply {
        public Behind {
            heads = Map.copyOf(heads);
        }
    }

    record Pong() implements Reply {}

    /** It is done, and there is nothing to say about it. */
    record Noted() implements Reply {}

    record Helped() implements Reply {}

    record Failed(Refusal refusal) implements Reply {}
}
