package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a reverse proxy says of its clients (docs/protocol.md §2), on a server for which 127.0.0.1 is one. */
public interface ProxyConformance extends Conformance {
    /** What such a server is set to. */
    Map<String, String> BEHIND = Map.of(
            "parley.guests", "true",
            "parley.proxies", "127.0.0.1",
            "parley.hosts", "chat.example.com,127.0.0.1",
            "parley.limits.connectionsPerAddress", "1",
            "parley.limits.httpConnectionsPerAddress", "3");

    @Test
    @Covers("hs-proxy")
    default void clientsBehindAProxyAreCountedApartAndInventNothing() throws Exception {
        String first = "192.0.2.1";
        server().superchat(server().handshake().header("X-Forwarded-For", first))
                .ok("hello");
        server().superchat(server().handshake().header("Forwarded", "for=192.0.2.2"))
                .ok("hello");
        server().superchat(server().handshake().header("X-Forwarded-For", "192.0.2.1, 192.0.2.3"))
                .ok("hello");
        server().superchat(server().handshake().header("X-Forwarded-For", "2001:db8::1, 127.0.0.1"))
                .ok("hello");

        Handshake forged = server().handshake().header("X-Forwarded-For", "192.0.2.9, " + first);
        assertEquals(1013, server().superchat(forged).closeCode());
        assertEquals(429, ask("api/events?wait=20", "X-Forwarded-For: " + first).status());
        assertEquals(
                429,
                ask("api/events?wait=20", "Forwarded: for=\"" + first + ":80\"").status());
        Handshake garbage = server().handshake().header("X-Forwarded-For", "garbage");
        server().superchat(garbage).ok("hello");
        assertEquals(1013, server().superchat(garbage).closeCode());
    }

    @Test
    @Covers("hs-proxy")
    default void theCookieIsSecureWhereTheClientCameByTls() throws Exception {
        assertTrue(cookie("X-Forwarded-Proto: https").contains("; Secure"));
        assertTrue(cookie("Forwarded: for=192.0.2.7;proto=https").contains("; Secure"));
        assertFalse(cookie("X-Forwarded-Proto: http").contains("; Secure"));
        assertFalse(cookie("X-Forwarded-For: 192.0.2.7").contains("; Secure"));
        assertFalse(cookie("X-Forwarded-Proto: https, http").contains("; Secure"));
    }

    /** Open Liberty believes these headers of IBM's plug-in, from anybody, unless it is told not to. */
    @Test
    @Covers("hs-proxy")
    default void whatAContainerWouldBelieveByItselfCountsForNothing() throws Exception {
        assertFalse(cookie("$WSSC: https").contains("; Secure"));
        assertFalse(cookie("$WSIS: true").contains("; Secure"));
        String[] headers = {"$WSSN: evil.example.com", "Origin: http://evil.example.com"};
        assertEquals(403, ask("api/rooms", headers).status());
    }

    @Test
    @Covers("hs-proxy")
    default void pagesOfTheNameThatTheClientCalledAreOnesOwn() throws Exception {
        Handshake behind = server().handshake()
                .header("X-Forwarded-For", "192.0.2.20")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "chat.example.com");
        assertEquals(101, behind.origin("https://chat.example.com").answer().status());
        assertEquals(403, behind.origin("http://chat.example.com").answer().status());
        assertEquals(403, behind.origin("https://other.example.com").answer().status());
        String[] headers = {
            "X-Forwarded-Proto: https", "X-Forwarded-Host: chat.example.com", "Origin: https://chat.example.com"
        };
        assertEquals(200, ask("api/rooms", headers).status());
        headers[2] = "Origin: https://other.example.com";
        assertEquals(403, ask("api/rooms", headers).status());
    }

    /** A page that rebinds its name to this machine comes from the proxy's address, and can send any header. */
    @Test
    @Covers("hs-proxy")
    default void noHeaderExcusesTheNameByWhichARequestCame() throws Exception {
        Handshake rebound = server().handshake().host("evil.example.com");
        assertEquals(
                403,
                rebound.header("X-Forwarded-Host", "chat.example.com").answer().status());
        assertEquals(
                403,
                server().handshake()
                        .header("X-Forwarded-Host", "evil.example.com")
                        .answer()
                        .status());
        assertEquals(
                403, ask("health/live", "X-Forwarded-Host: evil.example.com").status());
        assertEquals(
                403,
                askAs("evil.example.com", "api/rooms", "X-Forwarded-Host: chat.example.com")
                        .status());
    }

    /** Which cookie the page sets. */
    private String cookie(String header) throws IOException {
        return ask("", header).header("Set-Cookie").orElseThrow();
    }

    private HttpAnswer ask(String relative, String... headers) throws IOException {
        return askAs(server().authority(), relative, headers);
    }

    private HttpAnswer askAs(String host, String relative, String... headers) throws IOException {
        return ask(server(), host, relative, headers);
    }

    /** Asks as no client of Java's would: by any {@code Host}, and for nothing else. */
    static HttpAnswer ask(Server server, String host, String relative, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + server.path(relative) + " HTTP/1.1\r\nHost: " + host);
        for (String header : headers) {
            request.append("\r\n").append(header);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(request.append("\r\nConnection: close\r\n\r\n")
                            .toString()
                            .getBytes(StandardCharsets.US_ASCII));
            return HttpAnswer.read(socket.getInputStream());
        }
    }
}
