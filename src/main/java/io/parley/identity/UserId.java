package io.parley.identity;

/** Names one user for ever; opaque to clients, at most 64 characters. Immutable. */
public record UserId(String value) {
    static final int MOST_CHARACTERS = 64;

    public UserId {
        if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("a user id has 1 to " + MOST_CHARACTERS + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
