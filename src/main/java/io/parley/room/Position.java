package io.parley.room;

/**
 * Where a reader is in a room: the last entry that it handled (protocol §1). Immutable.
 *
 * @param seq 0 before the first entry; below 2^53, which JavaScript can count to
 */
public record Position(Epoch epoch, long seq) {
    public Position {
        if (seq < 0 || seq >= 1L << 53) {
            throw new IllegalArgumentException("a position lies between 0 and 2^53 - 1");
        }
    }
}
