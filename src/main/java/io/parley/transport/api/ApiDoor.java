package io.parley.transport.api;

import io.parley.config.Limits;
import io.parley.delivery.Delivery;
import io.parley.delivery.JsonForm;
import io.parley.delivery.Opening;
import io.parley.delivery.Subprotocol;
import io.parley.http.AnswerMeter;
import io.parley.http.Call;
import io.parley.http.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What the servlets of this door work with. Immutable.
 *
 * @param language in which commands and their replies are written
 * @param json the same language's way of writing messages and answers
 */
public record ApiDoor(Delivery delivery, Subprotocol language, JsonForm json, Limits limits, AnswerMeter answers) {
    /** For a body to come, for what it asks to be done, and for the answer to be read. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    Call begin(HttpServletRequest request, HttpServletResponse response) {
        return Call.begin(request, response, LONGEST, answers);
    }

    static Opening opening(Call call) {
        return new Opening(Caller.of(call.request()).credentials(), Optional.empty(), call.remote());
    }
}
