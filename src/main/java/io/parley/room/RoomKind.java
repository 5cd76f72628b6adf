package io.parley.room;

/** Who may read a room. */
public enum RoomKind {
    /** Everybody. */
    PUBLIC,
    /** Its members. */
    PRIVATE,
    /** The people it was opened with, and nobody ever after. */
    DIRECT
}
