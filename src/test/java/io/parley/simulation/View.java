package io.parley.simulation;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a client has of a room: what it knows from pages, with the events folded into it. Confined to the simulation's thread.
 *
 * <p>It outlives connections; where it ends is the client's position.
 */
final class View {
    private final TreeMap<Long, String> texts = new TreeMap<>();
    private String epoch = "";
    private long first = 1;
    private long position;

    String epoch() {
        return epoch;
    }

    /** Its first entry, if it had one. */
    long first() {
        return first;
    }

    long position() {
        return position;
    }

    Map<Long, String> texts() {
        return texts;
    }

    /** Begins anew, after a position. */
    void begin(String newEpoch, long after) {
        epoch = newEpoch;
        texts.clear();
        first = after + 1;
        position = after;
    }

    /** Goes back to a position. */
    void goBack(long after) {
        texts.tailMap(after, false).clear();
        if (after < first - 1 || after > position) {
            texts.clear();
            first = after + 1;
        }
        position = after;
    }

    /** Takes the next entry. */
    void add(long seq, String text) {
        texts.put(seq, text);
        position = seq;
    }
}
