package io.parley.web;

import io.parley.http.ProxyFilter;
import io.parley.identity.GuestTokens;
import io.parley.identity.SessionCookie;
import io.parley.identity.SessionToken;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Gives whoever opens the page a guest's session, where scripts cannot read it. Thread-safe.
 *
 * <p>Only the page itself sets it: the token costs the store nothing until its owner says something.
 */
public final class GuestCookieFilter implements Filter {
    private final GuestTokens tokens;

    public GuestCookieFilter(GuestTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (opensThePage(http)) {
            List<String> cookies = Collections.list(http.getHeaders("Cookie"));
            Optional<SessionToken> known = SessionCookie.read(cookies).flatMap(tokens::check);
            ((HttpServletResponse) response)
                    .addHeader(
                            "Set-Cookie",
                            SessionCookie.write(
                                    known.orElseGet(tokens::mint).secret(),
                                    http.getContextPath(),
                                    ProxyFilter.way(http).secure()));
        }
        chain.doFilter(request, response);
    }

    private static boolean opensThePage(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return request.getMethod().equals("GET")
                && !"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && (path.isEmpty() || path.equals("/") || path.equals("/index.html"));
    }
}
