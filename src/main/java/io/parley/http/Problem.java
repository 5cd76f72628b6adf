package io.parley.http;

import io.parley.access.ErrorCode;
import io.parley.access.HandshakePolicy;
import io.parley.access.Refusal;
import io.parley.text.JsonText;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An error as {@code application/problem+json} (RFC 9457), under the code that section 4 of the protocol has for it. Immutable.
 *
 * @param title what kind of error this is; the same for all of its kind
 * @param detail what was wrong this time, in words for people
 * @param retryAfterMillis in how many milliseconds the same may go through
 */
public record Problem(
        int status,
        String code,
        String title,
        Optional<String> detail,
        Optional<String> field,
        OptionalLong retryAfterMillis) {

    public static final Problem NOT_FOUND =
            plain(HttpServletResponse.SC_NOT_FOUND, "not_found", "There is nothing here.");
    public static final Problem METHOD_NOT_ALLOWED =
            plain(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "bad_request", "This cannot be done here.");
    public static final Problem TOO_LARGE =
            plain(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "too_large", "The body is too large.");
    public static final Problem WRONG_TYPE = plain(
            HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
            "bad_request",
            "Bodies of this media type are not taken here.");
    static final Problem TOO_SLOW =
            plain(HttpServletResponse.SC_REQUEST_TIMEOUT, "bad_request", "The body did not come in time.");

    private static final int TOO_MANY_REQUESTS = 429;
    private static final long SECOND = TimeUnit.SECONDS.toMillis(1);

    /** Says no more than its kind. */
    private static Problem plain(int status, String code, String title) {
        return new Problem(status, code, title, Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    /** A no of the core. What passes by itself says when to come again, in a second unless the refusal knows better. */
    public static Problem of(Refusal refusal) {
        OptionalLong later = refusal.retryAfter().isEmpty() && refusal.code() == ErrorCode.UNAVAILABLE
                ? OptionalLong.of(SECOND)
                : refusal.retryAfter();
        return new Problem(
                status(refusal.code()),
                refusal.code().wire(),
                title(refusal.code()),
                Optional.of(refusal.message()),
                refusal.field(),
                later);
    }

    /** A request that may not come in at all. */
    public static Problem of(HandshakePolicy.Denial denial) {
        ErrorCode code =
                denial.status() == HttpServletResponse.SC_FORBIDDEN ? ErrorCode.FORBIDDEN : ErrorCode.BAD_REQUEST;
        return new Problem(
                denial.status(),
                code.wire(),
                title(code),
                Optional.of(denial.reason()),
                Optional.empty(),
                OptionalLong.empty());
    }

    public static Problem forbidden(String detail) {
        return of(Refusal.of(ErrorCode.FORBIDDEN, detail));
    }

    /** As it is sent, to be kept by nobody. */
    public Answer answer() {
        return answer(out -> {});
    }

    /**
     * The same, with something to go by that only this kind of request has (RFC 9457 §3.2).
     *
     * @param more writes further fields
     */
    public Answer answer(Consumer<JsonText> more) {
        JsonText out = new JsonText()
                .object()
                .field("status", status)
                .field("code", code)
                .field("title", title);
        detail.ifPresent(words -> out.field("detail", words));
        field.ifPresent(name -> out.field("field", name));
        retryAfterMillis.ifPresent(millis -> out.field("retryAfter", millis));
        more.accept(out);
        Answer answer =
                Answer.of(status, "application/problem+json", out.endObject().utf8());
        if (retryAfterMillis.isPresent()) {
            // Whole seconds (RFC 9110 §10.2.3), and never too early.
            long seconds = (retryAfterMillis.getAsLong() + SECOND - 1) / SECOND;
            answer = answer.with("Retry-After", Long.toString(Math.max(1, seconds)));
        }
        return status == HttpServletResponse.SC_UNAUTHORIZED ? answer.with("WWW-Authenticate", "Bearer") : answer;
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST, UNKNOWN_COMMAND, TOO_LONG -> HttpServletResponse.SC_BAD_REQUEST;
            case NOT_AUTHENTICATED -> HttpServletResponse.SC_UNAUTHORIZED;
            case FORBIDDEN, BANNED -> HttpServletResponse.SC_FORBIDDEN;
            case NO_SUCH_ROOM, NO_SUCH_MESSAGE -> HttpServletResponse.SC_NOT_FOUND;
            case NOT_JOINED, NAME_TAKEN, KEY_CONFLICT -> HttpServletResponse.SC_CONFLICT;
            case TOO_LARGE -> HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
            case TOO_MANY, RATE_LIMITED -> TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        };
    }

    private static String title(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST -> "The request cannot be understood.";
            case UNKNOWN_COMMAND -> "There is no such command.";
            case NOT_AUTHENTICATED -> "It is not known who asks.";
            case FORBIDDEN -> "This is not allowed.";
            case BANNED -> "The operator has put you out.";
            case NO_SUCH_ROOM -> "There is no such room.";
            case NO_SUCH_MESSAGE -> "There is no such message.";
            case NOT_JOINED -> "The room was not joined.";
            case NAME_TAKEN -> "The name is taken.";
            case KEY_CONFLICT -> "The key was used for another text.";
            case TOO_LONG -> "A text is too long.";
            case TOO_LARGE -> "The body is too large.";
            case TOO_MANY -> "There are too many.";
            case RATE_LIMITED -> "This comes too fast.";
            case UNAVAILABLE -> "This cannot be done just now.";
            case INTERNAL -> "Something went wrong here.";
        };
    }
}
