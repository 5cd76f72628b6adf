package io.parley.transport.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Requests that go wrong, over real HTTP. */
final class EventsServletTest {
    private static final int PATIENCE_MILLIS = 20_000;

    @Test
    void aRequestThatTheContainerHasTakenBackKeepsNoPlace() throws Exception {
        Filter takenBack =
                (request, response, chain) -> chain.doFilter(new TakenBack((HttpServletRequest) request), response);
        try (EventsApplication events = new EventsApplication(takenBack)) {
            String status = status(events);

            assertTrue(status.startsWith("HTTP/1.1 500"), status);
            assertEquals(0, events.quota.size());
        }
    }

    private static String status(EventsApplication events) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), events.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String head = "GET /api/events?wait=60 HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    /** A request that does as those do that the container has given to the next peer. */
    private static final class TakenBack extends HttpServletRequestWrapper {
        TakenBack(HttpServletRequest request) {
            super(request);
        }

        @Override
        public void setAttribute(String name, Object value) {
            if (name.equals(EventsDoor.GONE)) {
                throw new IllegalStateException("recycled");
            }
            super.setAttribute(name, value);
        }
    }
}
