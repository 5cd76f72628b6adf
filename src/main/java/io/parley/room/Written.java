package io.parley.room;

import java.time.Instant;
import java.util.Map;

/** What became of a {@link Write}. Immutable. */
public sealed interface Written {

    /**
     * The entry is in the log and survives a crash.
     *
     * @param duplicate whether it was there before, under the same key
     */
    record Stored(long seq, Instant at, boolean duplicate) implements Written {}

    /** It was so already: nothing was written, and that entry is what had made it so. */
    record Unchanged(long seq) implements Written {}

    /** The room is there. */
    record Opened(RoomInfo room) implements Written {}

    /** How far the user has read now. */
    record Marked(Map<RoomId, ReadMark> marks) implements Written {
        public Marked {
            marks = Map.copyOf(marks);
        }
    }

    /** Done, and there is nothing to say about it. */
    record Done() implements Written {}

    /** Nothing was written. */
    record Refused(Reason reason) implements Written {}

    /** Why nothing was written. */
    enum Reason {
        /** The author has used the key in this room for something else. */
        KEY_CONFLICT,
        /** Somebody else holds the name. */
        NAME_HELD,
        /** The room is gone. */
        NO_SUCH_ROOM,
        /** The user has read marks in as many rooms as can be kept. */
        TOO_MANY_ROOMS,
        /** The message that it is about, answers or hangs below is not there, or was deleted. */
        NO_SUCH_MESSAGE,
        /** The message is another's, or the room. */
        NOT_YOURS,
        /** The message bears as many different signs as it may. */
        TOO_MANY_EMOJIS,
        /** Too much waits already, the store is down, or the server stops: try again, with the same key. */
        UNAVAILABLE,
        /** This write cannot be stored, whatever else is; the log says why. */
        INTERNAL
    }
}
