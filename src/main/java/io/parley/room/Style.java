package io.parley.room;

/** How a message wants to be read. */
public enum Style {
    /** As something said. */
    PLAIN,
    /** As something done: {@code /me waves}. */
    ACTION
}
