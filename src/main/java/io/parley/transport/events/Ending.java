package io.parley.transport.events;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.delivery.CloseReason;
import io.parley.http.Problem;

/** Why somebody gets no events at all, as an answer. Stateless. */
final class Ending {
    private static final int UNAUTHORISED = 3000;
    private static final int PUT_OUT = 3003;

    private Ending() {}

    /** What a connection that was closed before it had said anything means to who asked. */
    static Problem problem(CloseReason reason) {
        ErrorCode code = switch (reason.code()) {
            case UNAUTHORISED -> ErrorCode.NOT_AUTHENTICATED;
            case PUT_OUT -> ErrorCode.BANNED;
            default -> ErrorCode.UNAVAILABLE;
        };
        return Problem.of(Refusal.of(code, reason.reason()));
    }
}
