package io.parley.room;

/** A room's number in the store; it never leaves the server. Immutable. */
public record RoomId(long value) implements Comparable<RoomId> {
    @Override
    public int compareTo(RoomId other) {
        return Long.compare(value, other.value);
    }
}
