package io.parley.web;

import io.parley.access.HandshakePolicy;
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

/**
 * Answers only those who call the server by a name of its own, so that a page which rebinds its name to this address learns nothing.
 * Thread-safe.
 */
public final class HostFilter implements Filter {
    private final HandshakePolicy policy;

    public HostFilter(HandshakePolicy policy) {
        this.policy = policy;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<HandshakePolicy.Denial> denial = policy.host(((HttpServletRequest) request).getHeader("Host"));
        if (denial.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        byte[] reason = denial.get().reason().getBytes(StandardCharsets.UTF_8);
        HttpServletResponse http = (HttpServletResponse) response;
        http.setStatus(denial.get().status());
        http.setContentType("text/plain;charset=utf-8");
        http.setContentLength(reason.length);
        http.getOutputStream().write(reason);
    }
}
