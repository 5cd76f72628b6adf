package io.parley.room;

import io.parley.text.InvalidInput;

/**
 * What makes a post safe to repeat: chosen by its author, unique for author and room (protocol §4). Immutable.
 *
 * @param value 1 to 64 printable ASCII characters
 */
public record MessageKey(String value) {
    private static final int MOST_CHARACTERS = 64;

    public MessageKey {
        if (value.isEmpty()
                || value.length() > MOST_CHARACTERS
                || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("not a message key");
        }
    }

    /**
     * Checks what a client sent.
     *
     * @throws InvalidInput when it cannot be a key
     */
    public static MessageKey parse(String value) {
        try {
            return new MessageKey(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("key", "a key has 1 to 64 printable ASCII characters without spaces");
        }
    }
}
