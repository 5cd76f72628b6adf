package io.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.embedded.EmbeddedServer;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers do not agree on how they tell by which address a request came, and by which name. */
final class ProxyFilterTest {
    private static final int PATIENCE_MILLIS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "[0:0:0:0:0:0:0:1], 0:0:0:0:0:0:0:1",
        "0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1",
        "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0:1:2:3:4",
        "[fe80::1%2], fe80::1",
    })
    void anAddressIsTheSameHoweverItIsWritten(String told, String plain) {
        assertEquals(plain, ProxyFilter.plain(told));
    }

    @Test
    void theNameOfARequestOfHttp2IsItsAuthority() throws Exception {
        EmbeddedServer server =
                EchoApplication.start((request, response, chain) -> chain.doFilter(new OfHttp2(request), response));
        try {
            for (String own : List.of("localhost", "127.0.0.1:" + server.port(), "[::1]:" + server.port())) {
                assertEquals("HTTP/1.1 200 OK", status(server, own), own);
            }
            assertEquals("HTTP/1.1 403 Forbidden", status(server, "rebound.example.com"));
        } finally {
            server.stop(Duration.ofSeconds(1));
        }
    }

    private static String status(EmbeddedServer server, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            // Its origin is its own, by the same name and the same port, as the container understands them.
            String head = "GET /api/echo HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    /** A request as Open Liberty has it of HTTP/2: without {@code Host}. */
    private static final class OfHttp2 extends HttpServletRequestWrapper {
        OfHttp2(ServletRequest request) {
            super((HttpServletRequest) request);
        }

        @Override
        public String getProtocol() {
            return "HTTP/2.0";
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase("Host") ? null : super.getHeader(name);
        }
    }
}
