package io.parley.embedded;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Gives servlets asynchrony as the specification has it, where Grizzly differs; see {@link AsyncRequest}. Stateless. */
final class AsyncFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        AsyncRequest asked = new AsyncRequest((HttpServletRequest) request);
        try {
            chain.doFilter(asked, new AsyncResponse((HttpServletResponse) response));
        } finally {
            asked.serviceEnds();
        }
    }
}
