package io.parley.access;

import io.parley.text.InvalidInput;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A no, with a reason that a person can act on. Immutable.
 *
 * @param message for people; never exception text, never what somebody else wrote
 * @param retryAfter in how many milliseconds the same may go through
 * @param field the field at fault
 */
public record Refusal(ErrorCode code, String message, OptionalLong retryAfter, Optional<String> field) {

    public static Refusal of(ErrorCode code, String message) {
        return new Refusal(code, message, OptionalLong.empty(), Optional.empty());
    }

    /** Input that could not be taken. */
    public static Refusal of(InvalidInput input) {
        ErrorCode code = input.isTooLong() ? ErrorCode.TOO_LONG : ErrorCode.BAD_REQUEST;
        return new Refusal(code, input.explanation(), OptionalLong.empty(), Optional.of(input.field()));
    }

    /** Try again in that many milliseconds. */
    public static Refusal later(ErrorCode code, String message, long retryAfter) {
        return new Refusal(code, message, OptionalLong.of(retryAfter), Optional.empty());
    }

    /** The store takes nothing now. */
    public static Refusal unavailable() {
        return of(ErrorCode.UNAVAILABLE, "this cannot be stored or read just now; try again, with the same key");
    }

    /** A room that is not there, or that this user may not read, which is the same. */
    public static Refusal noSuchRoom() {
        return of(ErrorCode.NO_SUCH_ROOM, "there is no such room");
    }

    /** A message that is not there, or not any more. */
    public static Refusal noSuchMessage() {
        return of(ErrorCode.NO_SUCH_MESSAGE, "there is no such message, or it was deleted");
    }
}
