package io.parley.simulation;

/**
 * What somebody wants to have said, once. Confined to the simulation's thread.
 *
 * <p>It is sent again, under the same key, until it is acknowledged.
 */
final class Post {
    private final String room;
    private final String text;
    private final String key;
    private long seq;
    private boolean givenUp;

    Post(String room, String text, String key) {
        this.room = room;
        this.text = text;
        this.key = key;
    }

    String room() {
        return room;
    }

    String text() {
        return text;
    }

    String key() {
        return key;
    }

    /** Where it is in the log, once that was acknowledged; 0 before. */
    long seq() {
        return seq;
    }

    void acknowledged(long place) {
        seq = place;
    }

    /** It was refused for good. */
    void giveUp() {
        givenUp = true;
    }

    boolean isOpen() {
        return seq == 0 && !givenUp;
    }
}
