package io.parley.room;

/**
 * Changes whenever a room's history may have been rewound; opaque (protocol §1). Immutable.
 *
 * <p>A restored backup may hand out again a {@code seq} that a client has seen with another entry in it. The epoch is what tells the
 * client that its position means nothing any more.
 */
public record Epoch(String value) {
    private static final int MOST_CHARACTERS = 64;

    public Epoch {
        if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("an epoch has 1 to " + MOST_CHARACTERS + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
