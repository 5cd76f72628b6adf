package io.parley.room;

import io.parley.identity.Pass;
import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import java.util.Map;
import java.util.Optional;

/** Something for the committer to write. Immutable. */
public sealed interface Write {
    /** The author of what nobody asked for but the server itself, or its operator. */
    UserId SERVER = new UserId("parley");

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

    /**
     * A change to a room or to one of its messages; the caller holds the room until it is answered.
     *
     * @param session what a guest who was never stored is to be known by
     */
    record Amend(Room room, User user, Optional<SessionHash> session, Amendment amendment, Optional<MessageKey> key)
            implements Write {
        @Override
        public UserId author() {
            return user.id();
        }
    }

    /** A public room that shall be there; if it is not, the author is its maker. */
    record Open(UserId author, RoomName name) implements Write {}

    /** Another name for a user, if the store knows them. */
    record Rename(UserId author, UserName name) implements Write {}

    /** How far a user has read, by room; marks only ever move forward. */
    record Read(UserId author, Map<RoomId, Long> seqs) implements Write {
        public Read {
            seqs = Map.copyOf(seqs);
        }
    }

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

    /** Something for a program to come by, and the program as a user. */
    record Issue(Pass pass) implements Write {
        @Override
        public UserId author() {
            return pass.user().id();
        }
    }

    /** A webhook that is to be sent a room's entries from now on. */
    record AddHook(OutgoingHook hook) implements Write {
        @Override
        public UserId author() {
            return SERVER;
        }
    }

    /** How far webhooks have taken their rooms; of those that are gone nothing is kept. */
    record MoveHooks(Map<HookId, Position> positions) implements Write {
        public MoveHooks {
            positions = Map.copyOf(positions);
        }

        @Override
        public UserId author() {
            return SERVER;
        }
    }

    /** A webhook that is sent nothing more, for ever. */
    record EndHook(HookId hook) implements Write {
        @Override
        public UserId author() {
            return SERVER;
        }
    }

    /** A user's session was used. */
    record Touch(UserId author) implements Write {}

    /** Nothing but room on the disk, which is given back: tells whether other writes would go through. */
    record Probe() implements Write {
        @Override
        public UserId author() {
            return SERVER;
        }
    }
}
