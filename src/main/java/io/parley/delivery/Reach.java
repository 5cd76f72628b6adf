package io.parley.delivery;

import io.parley.room.Position;
import io.parley.room.RoomName;

/** Where a reader is in a room once it has handled a frame. Immutable; shared by all who share the frame. */
public record Reach(RoomName room, Position position) {}
