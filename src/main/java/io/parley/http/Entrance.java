package io.parley.http;

import io.parley.access.HandshakePolicy;
import io.parley.access.Way;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Lets requests in at the HTTP doors, or says why not (protocol §5). Thread-safe.
 *
 * <p>The same rules as for a handshake; and since browsers send cookies unasked, a cookie alone changes something only for a page of this
 * server. Pages of other origins that are let in are told so (CORS), and speak for nobody but by Bearer.
 */
public final class Entrance {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String PREFLIGHT_SECONDS = "600";

    private final HandshakePolicy policy;

    public Entrance(HandshakePolicy policy) {
        this.policy = policy;
    }

    /**
     * Whether a request may go on to its servlet, which then finds its {@link Caller}.
     *
     * @return false when it has been answered
     */
    public boolean admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String origin = request.getHeader("Origin");
        Way way = ProxyFilter.way(request);
        HandshakePolicy.Asked asked = new HandshakePolicy.Asked(
                way.host(), origin, request.getQueryString(), way.secure() || HandshakePolicy.isHttps(origin));
        response.addHeader("Vary", "Origin");
        Optional<HandshakePolicy.Denial> denial = policy.handshake(asked);
        if (denial.isPresent()) {
            Problem.of(denial.get()).answer().send(response);
            return false;
        }
        boolean foreign = asked.origin() != null && !HandshakePolicy.isOwn(asked);
        if (foreign) {
            response.setHeader("Access-Control-Allow-Origin", asked.origin());
            response.setHeader("Access-Control-Expose-Headers", "ETag, Location, Retry-After");
        }
        if (request.getMethod().equals("OPTIONS")) {
            options(request, foreign).send(response);
            return false;
        }
        Caller caller = Caller.read(request, foreign);
        if (caller.byCookie() && !SAFE.contains(request.getMethod()) && !isOfThisPage(request)) {
            Problem.forbidden("a cookie counts here only from a page of this server: send the token as Bearer")
                    .answer()
                    .send(response);
            return false;
        }
        caller.attach(request);
        return true;
    }

    private static Answer options(HttpServletRequest request, boolean foreign) {
        Answer answer = Answer.empty(HttpServletResponse.SC_NO_CONTENT);
        return !foreign || request.getHeader("Access-Control-Request-Method") == null
                ? answer
                : answer.with("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT")
                        .with(
                                "Access-Control-Allow-Headers",
                                "Authorization, Content-Type, Idempotency-Key, Last-Event-ID")
                        .with("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    }

    /** An origin that has got so far is this server's own: for others no cookie counts. */
    private static boolean isOfThisPage(HttpServletRequest request) {
        return "same-origin".equals(request.getHeader("Sec-Fetch-Site")) || request.getHeader("Origin") != null;
    }
}
