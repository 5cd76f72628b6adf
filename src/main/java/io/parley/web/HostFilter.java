package io.parley.web;

import io.parley.access.HandshakePolicy;
import io.parley.http.Problem;
import io.parley.http.ProxyFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Answers only those who call the server by a name of its own, so that a page which rebinds its name to this address learns nothing.
 * Thread-safe.
 *
 * <p>What a proxy says the client called it does not excuse the name by which the request itself came: on a machine where somebody browses,
 * a page could come from the proxy's own address.
 */
public final class HostFilter implements Filter {
    private final HandshakePolicy policy;

    public HostFilter(HandshakePolicy policy) {
        this.policy = policy;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        Optional<HandshakePolicy.Denial> denial = policy.host(ProxyFilter.host(http))
                .or(() -> policy.host(ProxyFilter.way(http).host()));
        if (denial.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Problem.of(denial.get()).answer().send((HttpServletResponse) response);
    }
}
