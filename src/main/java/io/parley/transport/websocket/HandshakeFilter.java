package io.parley.transport.websocket;

import io.parley.access.HandshakePolicy;
import io.parley.access.Way;
import io.parley.http.ProxyFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Judges handshakes before the container upgrades them, where it lets filters see them. Thread-safe. */
public final class HandshakeFilter implements Filter {
    private static final String VERSION = "13";
    private static final HandshakePolicy.Denial OTHER_VERSION =
            new HandshakePolicy.Denial(426, "this server speaks version " + VERSION + " of WebSocket");

    private final HandshakePolicy policy;

    public HandshakeFilter(HandshakePolicy policy) {
        this.policy = policy;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (!"websocket".equalsIgnoreCase(http.getHeader("Upgrade"))) {
            chain.doFilter(request, response);
            return;
        }
        Way way = ProxyFilter.way(http);
        Optional<HandshakePolicy.Denial> denial = policy.handshake(
                new HandshakePolicy.Asked(way.host(), http.getHeader("Origin"), http.getQueryString(), way.secure()));
        if (denial.isPresent()) {
            refuse((HttpServletResponse) response, denial.get());
        } else if (!VERSION.equals(http.getHeader("Sec-WebSocket-Version"))) {
            // Jetty takes it for an ordinary request of a page that is not there (RFC 6455 §4.4).
            ((HttpServletResponse) response).setHeader("Sec-WebSocket-Version", VERSION);
            refuse((HttpServletResponse) response, OTHER_VERSION);
        } else {
            HandshakeScope.with(way.remote(), () -> chain.doFilter(request, response));
        }
    }

    private static void refuse(HttpServletResponse response, HandshakePolicy.Denial denial) throws IOException {
        byte[] reason = denial.reason().getBytes(StandardCharsets.UTF_8);
        response.setStatus(denial.status());
        response.setContentType("text/plain;charset=utf-8");
        response.setContentLength(reason.length);
        response.setHeader("Connection", "close");
        response.getOutputStream().write(reason);
    }
}
