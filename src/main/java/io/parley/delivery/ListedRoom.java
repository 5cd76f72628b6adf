package io.parley.delivery;

import io.parley.room.RoomInfo;
import java.util.OptionalLong;

/**
 * A room as one user finds it in the list. Immutable.
 *
 * @param readSeq how far they have read, if they have ever said so
 * @param unread messages after that, or all
 * @param mentions how many messages after that mention them
 */
public record ListedRoom(RoomInfo room, OptionalLong readSeq, long unread, long mentions) {}
