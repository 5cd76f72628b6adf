package io.parley.room;

/** What an outgoing webhook is called by; no secret. Immutable. */
public record HookId(String value) {
    private static final int MOST_CHARACTERS = 64;

    public HookId {
        if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("an id has 1 to " + MOST_CHARACTERS + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
