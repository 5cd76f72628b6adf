package io.parley.access;

import java.util.Locale;

/** Why something was refused, as the wire says it (protocol §4, errors). */
public enum ErrorCode {
    BAD_REQUEST,
    UNKNOWN_COMMAND,
    NOT_AUTHENTICATED,
    FORBIDDEN,
    BANNED,
    NO_SUCH_ROOM,
    NO_SUCH_MESSAGE,
    NOT_JOINED,
    NAME_TAKEN,
    KEY_CONFLICT,
    TOO_LONG,
    TOO_LARGE,
    TOO_MANY,
    RATE_LIMITED,
    UNAVAILABLE,
    INTERNAL;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The code as it is written on the wire. */
    public String wire() {
        return wire;
    }
}
