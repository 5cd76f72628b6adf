package io.parley.identity;

/** Somebody could not be let in. Immutable. Its text is for people. */
public final class LoginRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoginRefusedException(String message) {
        super(message, null, false, false);
    }

    /** What to do about it, for people. */
    public String explanation() {
        return String.valueOf(getMessage());
    }
}
