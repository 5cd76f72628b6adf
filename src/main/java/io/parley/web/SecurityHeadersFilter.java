package io.parley.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Tells browsers what a page of Parley never does, so that nobody can make it; refuses TRACE.
 *
 * <p>Whoever answers may set a stricter policy of their own. Immutable.
 */
public final class SecurityHeadersFilter implements Filter {

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            String.join(
                    "; ",
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    "img-src 'self' data: blob:",
                    "font-src 'self'",
                    "connect-src 'self'",
                    "manifest-src 'self'",
                    "worker-src 'self'",
                    "media-src 'self' blob:",
                    "base-uri 'none'",
                    "form-action 'self'",
                    "require-trusted-types-for 'script'",
                    // Templates of the page, and what the sieve has let through: nobody else may make markup.
                    "trusted-types lit-html dompurify",
                    "frame-ancestors 'none'"),
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer) {
            HEADERS.forEach(answer::setHeader);
            if (asked.getMethod().equals("TRACE")) {
                answer.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
                answer.setContentLength(0);
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
