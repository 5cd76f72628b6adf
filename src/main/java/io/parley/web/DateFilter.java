package io.parley.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;

/**
 * Says in each answer what time it is here, as a server with a clock must (RFC 9110 §6.6.1): not every container does. Immutable.
 *
 * <p>The connection doctor tells by it whether a browser's clock is right.
 */
public final class DateFilter implements Filter {
    private final Clock clock;

    public DateFilter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (response instanceof HttpServletResponse answer) {
            answer.setDateHeader("Date", clock.millis());
        }
        chain.doFilter(request, response);
    }
}
