package io.parley.room;

import io.parley.text.InvalidInput;
import io.parley.text.TextRules;

/**
 * The sign that somebody answers a message with. Immutable.
 *
 * <p>Which signs there are is the clients' affair; here it is a short text without spaces.
 */
public record Emoji(String value) implements Comparable<Emoji> {
    private static final int MOST_UNITS = 32;

    public Emoji {
        if (value.isEmpty() || value.length() > MOST_UNITS) {
            throw new IllegalArgumentException("not an emoji");
        }
    }

    /**
     * Checks what a client sent.
     *
     * @throws InvalidInput when it cannot be one
     */
    public static Emoji parse(String value) {
        TextRules.check("emoji", value, MOST_UNITS);
        if (value.isEmpty() || value.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw new InvalidInput("emoji", "an emoji has 1 to " + MOST_UNITS + " UTF-16 code units and no spaces");
        }
        return new Emoji(value);
    }

    /** By UTF-16 code units, so that a message's reactions come in one order everywhere. */
    @Override
    public int compareTo(Emoji other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
