package io.parley.delivery;

import io.parley.access.Refusal;
import io.parley.identity.UserName;
import io.parley.room.Amendment;
import io.parley.room.Content;
import io.parley.room.MessageKey;
import io.parley.room.Position;
import io.parley.room.RoomName;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a client can ask for, in no particular language. Immutable. */
public sealed interface Command {

    /** What may be answered at length, so that few of the answers may wait to be written. */
    sealed interface Pages extends Command {}

    /**
     * Says who comes, and how they want to be talked to.
     *
     * @param lag by how many entries they may fall behind in a room before those are left out
     */
    record Hello(Optional<String> token, Optional<String> name, boolean binaryFrames, OptionalLong lag)
            implements Command {
        /** Says nothing but that somebody is there. */
        public static Hello empty() {
            return new Hello(Optional.empty(), Optional.empty(), false, OptionalLong.empty());
        }
    }

    /** Is typing in a room that is followed, or is not any more. */
    record Typing(RoomName room, boolean on) implements Command {}

    /** Has read a room, which need not be followed, up to there. */
    record Read(RoomName room, long seq) implements Command {}

    /** Follows a room from a position, or from now on with the newest page. */
    record Join(RoomName room, From from) implements Pages {}

    /** Opens a room if it is not there, follows it from now on, and leaves all others. */
    record Enter(RoomName room) implements Pages {}

    /** Follows a room no longer. */
    record Leave(RoomName room) implements Command {}

    /** Has to follow a room no longer; asked for by the server itself. */
    record Expel(RoomName room, String reason) implements Command {}

    /** Wants to be called otherwise. */
    record SetName(UserName name) implements Command {}

    /** Says something in a room, which need not be followed. */
    record Post(RoomName room, Content content, Optional<MessageKey> key) implements Command {}

    /** Changes a room or a message in it. */
    record Amend(RoomName room, Amendment amendment, Optional<MessageKey> key) implements Command {}

    /** A message, and those that hang below it before a {@code seq}, newest last. */
    record ReadThread(RoomName room, long root, long before, int limit) implements Pages {}

    /** The messages before a {@code seq}, newest last. */
    record Before(RoomName room, long before, int limit) implements Pages {}

    /** The entries after a {@code seq}. */
    record After(RoomName room, long after, int limit) implements Pages {}

    /** The public rooms by name, or those that this connection follows. */
    record ListRooms(boolean mine, Optional<RoomName> after, int limit) implements Pages {}

    /** Who is in a room. */
    record Who(RoomName room) implements Pages {}

    /** A public room that shall be there. */
    record Open(RoomName room) implements Command {}

    /** Which rooms have moved past these positions. */
    record Probe(Map<RoomName, Position> positions) implements Pages {
        public Probe {
            positions = Map.copyOf(positions);
        }
    }

    /** A sign of life. */
    record Ping() implements Command {}

    /** How one talks here. */
    record Help() implements Command {}

    /** Goodbye. */
    record Quit() implements Command {}

    /** Something that could not be understood, with the answer to it. */
    record Invalid(Refusal refusal) implements Command {}

    /** Something after which there is no talking on. */
    record Broken(CloseReason reason) implements Command {}

    /** Where a join begins. */
    sealed interface From {
        /** After the last entry that was handled. */
        record After(Position position) implements From {}

        /** From now on, without a page. */
        record Now() implements From {}

        /** From now on, with the newest {@code count} messages. */
        record Newest(int count) implements From {}
    }
}
