package io.parley.room;

import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import java.util.Optional;

/** Something for the committer to write. Immutable. */
public sealed interface Write {

    /** Within one author's writes to one room, order is kept. */
    UserId author();

    /**
     * A message for a room, which the caller holds until it is answered.
     *
     * @param session what a guest who was never stored is to be known by
     */
    record Append(Room room, User user, Optional<SessionHash> session, Content content, Optional<MessageKey> key)
            implements Write {
        @Override
        public UserId author() {
            return user.id();
        }
    }

    /** A public room that shall be there. */
    record Open(UserId author, RoomName name) implements Write {}

    /** Another name for a user, if the store knows them. */
    record Rename(UserId author, UserName name) implements Write {}

    /**
     * A user's sessions are ended; one who was never stored is, so that it is remembered.
     *
     * @param session the one that they are here by, if they are
     */
    record Revoke(User user, Optional<SessionHash> session) implements Write {
        @Override
        public UserId author() {
            return user.id();
        }
    }

    /** A user's session was used. */
    record Touch(UserId author) implements Write {}
}
