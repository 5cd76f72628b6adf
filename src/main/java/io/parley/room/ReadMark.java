package io.parley.room;

/**
 * How far a user has read in a room. Immutable.
 *
 * @param seq the newest entry that was read
 * @param messages how many messages the room holds up to that entry
 * @param stored whether it outlives the process; that of a guest who never posted does not
 */
public record ReadMark(long seq, long messages, boolean stored) {
    /** That of who has read nothing. */
    public static final ReadMark NONE = new ReadMark(0, 0, false);

    /** In how many rooms a user can have one; in further rooms everything counts as unread. */
    public static final int MOST_ROOMS = 10_000;

    /** How many messages of a room were not read yet. */
    public long unread(RoomInfo room) {
        // A mark may be newer than what was read of the room.
        return Math.max(0, room.messages() - messages);
    }
}
