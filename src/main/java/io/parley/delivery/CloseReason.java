package io.parley.delivery;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Why a connection is closed by the server (RFC 6455 §7.4, protocol §4). Immutable.
 *
 * @param code 1000 to 4999
 * @param reason for people; at most 123 bytes of UTF-8, since it travels in a control frame (RFC 6455 §5.5)
 */
public record CloseReason(int code, String reason) {
    private static final int MOST_BYTES = 123;
    private static final long STAY_AWAY_MILLIS = 30_000;
    private static final long COME_LATER_MILLIS = 5_000;

    public static final CloseReason NORMAL = new CloseReason(1000, "goodbye");
    public static final CloseReason GOING_AWAY = new CloseReason(1001, "the server is going away; reconnect");
    public static final CloseReason UNSUPPORTED_DATA =
            new CloseReason(1003, "the subprotocol chat takes text messages only");
    public static final CloseReason TOO_BIG = new CloseReason(1009, "the message is larger than limits.frameBytes");
    public static final CloseReason INTERNAL = new CloseReason(1011, "internal error");
    public static final CloseReason OVERLOADED = new CloseReason(1013, "too many connections; come back later");
    public static final CloseReason NOT_NOW =
            new CloseReason(1013, "who you are cannot be found out just now; come back later");
    public static final CloseReason UNAUTHORISED = new CloseReason(3000, "not authenticated; get a token first");
    public static final CloseReason REVOKED = new CloseReason(3000, "this token was revoked; get another one first");
    public static final CloseReason DROPPED = new CloseReason(3003, "your session was ended by the operator");
    public static final CloseReason SILENT = new CloseReason(3008, "nothing was heard from you in time");
    public static final CloseReason TOO_SLOW =
            new CloseReason(4001, "a write to you did not complete in time; reconnect with after");
    public static final CloseReason FLOODING = new CloseReason(4002, "too many commands at once; slow down");

    public CloseReason {
        if (reason.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new IllegalArgumentException("a close reason has at most " + MOST_BYTES + " bytes");
        }
    }

    /** How long the client shall stay away, in milliseconds, where the reason itself says so. */
    public OptionalLong retryAfter() {
        return switch (code) {
            case 4002 -> OptionalLong.of(STAY_AWAY_MILLIS);
            case 1013 -> OptionalLong.of(COME_LATER_MILLIS);
            default -> OptionalLong.empty();
        };
    }

    /** Whether the client is welcome to come again by itself. */
    public boolean reconnect() {
        return switch (code) {
            case 1001, 1011, 1012, 1013, 3008, 4001, 4002 -> true;
            default -> false;
        };
    }
}
