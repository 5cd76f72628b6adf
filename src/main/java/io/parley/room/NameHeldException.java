package io.parley.room;

/** A user cannot be stored under a name that somebody else holds. Immutable. The transaction is still good. */
public final class NameHeldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NameHeldException() {
        super("the name is held by somebody else", null, false, false);
    }
}
