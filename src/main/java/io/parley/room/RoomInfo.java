package io.parley.room;

import java.time.Instant;

/**
 * What the store knows of a room at one moment. Immutable.
 *
 * @param topic empty when none was set
 * @param first the oldest entry still kept; {@code head + 1} when there is none
 * @param head the newest entry; 0 when there was never one
 * @param messages how many of the entries up to head are messages
 * @param touched when the newest entry was written, or the room made
 */
public record RoomInfo(
        RoomId id,
        RoomName name,
        RoomKind kind,
        String topic,
        Epoch epoch,
        long first,
        long head,
        long messages,
        Instant touched) {
    public RoomInfo {
        if (first < 1 || head < 0 || first > head + 1 || messages < 0 || messages > head) {
            throw new IllegalArgumentException("room " + id.value() + ": first " + first + ", head " + head
                    + ", messages " + messages + " do not fit together");
        }
    }

    /** The same room with another topic. */
    RoomInfo about(String other) {
        return new RoomInfo(id, name, kind, other, epoch, first, head, messages, touched);
    }

    /** Whether every entry after that position is still kept (protocol §1). */
    public boolean canResume(Position position) {
        return position.epoch().equals(epoch) && position.seq() <= head && position.seq() >= first - 1;
    }
}
