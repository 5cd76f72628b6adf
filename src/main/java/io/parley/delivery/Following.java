package io.parley.delivery;

import io.parley.identity.User;
import io.parley.room.Room;
import io.parley.room.RoomName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What a client is told without asking for it again: a connection's rooms; nothing, for who only asks. Confined to the taking of one
 * client's commands.
 */
interface Following {

    /** Runs the effects of commands, one at a time. */
    Executor worker();

    /** Somebody has become known. */
    void came(Person person, Command.Hello hello);

    /** They are gone; {@code person} is this one's to close. */
    void went(Person person);

    /** A room that is followed. */
    Optional<Room> find(RoomName name);

    List<RoomName> names();

    /** Does something in a room that one has to follow for that. */
    CompletionStage<Result> within(User user, RoomName name, Function<Room, Result> action);

    /** Follows a room from a position, or moves the cursor of one that is followed. */
    CompletionStage<Result> join(Person who, RoomName name, Command.From from);

    /** Follows a room from now on, and no other. */
    CompletionStage<Result> moveTo(Person who, RoomName name);

    CompletionStage<Result> leave(User user, RoomName name);

    /** Leaves a room because the client may not follow it any more; one that is not followed is left already. */
    CompletionStage<Result> expel(User user, RoomName name, String reason);

    /** A user has taken another name: whoever has to know is told. */
    void renamed(User user);

    /** The client has asked for the list of rooms. */
    void listsRooms();
}
