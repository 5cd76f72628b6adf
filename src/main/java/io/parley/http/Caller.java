package io.parley.http;

import io.parley.identity.Credentials;
import io.parley.identity.SessionCookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;

/**
 * Who asks by a request, as far as the request itself says. Immutable.
 *
 * @param byCookie whether nothing but the cookie speaks for them, which browsers send unasked
 */
public record Caller(Credentials credentials, boolean byCookie) {
    private static final String ATTRIBUTE = Caller.class.getName();

    /** Who asks by a request that was let in. */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("this path has no entrance");
    }

    /** @param foreign whether the request comes from a page of another origin, for which no cookie speaks */
    static Caller read(HttpServletRequest request, boolean foreign) {
        Optional<String> cookie =
                foreign ? Optional.empty() : SessionCookie.read(Collections.list(request.getHeaders("Cookie")));
        Credentials credentials = Credentials.of(
                Optional.ofNullable(request.getHeader("Authorization")),
                cookie,
                Query.of(request).wish("name"));
        return new Caller(credentials, credentials.token().isEmpty() && cookie.isPresent());
    }

    void attach(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
