package io.parley.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The cookie that carries a session, read and written alike at every door (RFC 6265). Stateless. */
public final class SessionCookie {
    private static final Pattern SEPARATOR = Pattern.compile("[;,]");
    private static final String NAME = "parley_session";

    // As long as an unused session is kept; every visit of the page renews it.
    private static final Duration LIFE = UserStore.NAME_HELD;

    private SessionCookie() {}

    /**
     * The session's secret among the cookies that a client sent.
     *
     * @param headers the {@code Cookie} headers; some containers have cut them at commas
     */
    public static Optional<String> read(List<String> headers) {
        for (String header : headers) {
            for (String pair : SEPARATOR.split(header, -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(NAME)) {
                    return Optional.of(pair.substring(equals + 1).strip());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The value of a {@code Set-Cookie} header.
     *
     * @param path the context path, empty for the root
     * @param secure whether the request came by https
     */
    public static String write(String secret, String path, boolean secure) {
        return NAME + "=" + secret + "; Path=" + path + "/; Max-Age=" + LIFE.toSeconds() + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }
}
