package io.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.embedded.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in at the HTTP doors, from whose page, and for whom they are taken. */
final class EntranceTest {
    private static final String LISTED = "https://listed.example.com";
    private static final String COOKIE = "parley_session=biscuit";

    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedServer server = EchoApplication.start();

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(1));
    }

    @Test
    void aCookieAloneChangesNothing() throws Exception {
        HttpResponse<String> answer = post("Cookie", COOKIE);

        assertEquals(403, answer.statusCode());
        assertEquals("application/problem+json", header(answer, "Content-Type"));
        assertTrue(answer.body().contains("\"code\":\"forbidden\""), answer.body());
        assertEquals(403, post("Cookie", COOKIE, "Sec-Fetch-Site", "same-site").statusCode());
    }

    @Test
    void aCookieCountsFromAPageOfThisServer() throws Exception {
        assertEquals(
                "- biscuit - x",
                post("Cookie", COOKIE, "Sec-Fetch-Site", "same-origin").body());
        assertEquals("- biscuit - x", post("Cookie", COOKIE, "Origin", own()).body());
    }

    @Test
    void aCookieCountsFromAPageThatAProxyBroughtByTls() throws Exception {
        String page = own().replace("http://", "https://");

        HttpResponse<String> answer = post("Cookie", COOKIE, "Origin", page, "Sec-Fetch-Site", "same-origin");

        assertEquals("- biscuit - x", answer.body());
        assertEquals("", header(answer, "Access-Control-Allow-Origin"));
    }

    @Test
    void whoOnlyReadsNeedsNoPage() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(uri("/api/echo")).header("Cookie", COOKIE));

        assertEquals("- biscuit - ", answer.body());
    }

    @Test
    void aTokenSpeaksForItselfFromAnywhere() throws Exception {
        assertEquals("crumb - - x", post("Authorization", "bearer crumb").body());
        assertEquals(
                "crumb biscuit - x",
                post("Authorization", "Bearer crumb", "Cookie", COOKIE).body());
    }

    @Test
    void aNameMayComeWithTheAddress() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/api/echo?a=b&name=Ada%20L&name=Eve")));

        assertEquals("- - Ada L ", answer.body());
    }

    @Test
    void pagesOfOtherOriginsAreRefused() throws Exception {
        for (String origin : new String[] {"https://other.example.com", "null", "http://127.0.0.1:1"}) {
            HttpResponse<String> answer = post("Origin", origin, "Authorization", "Bearer crumb");

            assertEquals(403, answer.statusCode(), origin);
            assertEquals("", header(answer, "Access-Control-Allow-Origin"));
        }
    }

    @Test
    void pagesOfListedOriginsAreLetInAndToldSo() throws Exception {
        HttpResponse<String> answer = post("Origin", LISTED, "Authorization", "Bearer crumb");

        assertEquals("crumb - - x", answer.body());
        assertEquals(LISTED, header(answer, "Access-Control-Allow-Origin"));
        assertEquals("", header(answer, "Access-Control-Allow-Credentials"));
        assertEquals("Origin", header(answer, "Vary"));
    }

    @Test
    void noCookieCountsForAnotherOrigin() throws Exception {
        assertEquals("- - - x", post("Origin", LISTED, "Cookie", COOKIE).body());
        assertEquals(
                "- - - x",
                post("Origin", LISTED, "Cookie", COOKIE, "Sec-Fetch-Site", "same-origin")
                        .body());
    }

    @Test
    void aListedOriginMayAskFirst() throws Exception {
        HttpResponse<String> answer = preflight(LISTED);

        assertEquals(204, answer.statusCode());
        assertEquals(LISTED, header(answer, "Access-Control-Allow-Origin"));
        assertTrue(header(answer, "Access-Control-Allow-Headers").contains("Authorization"));
        assertTrue(header(answer, "Access-Control-Allow-Methods").contains("POST"));
        assertEquals(403, preflight("https://other.example.com").statusCode());
    }

    @Test
    void aSecretInTheAddressIsRefused() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/api/echo?token=crumb")));

        assertEquals(400, answer.statusCode());
        assertFalse(answer.body().contains("crumb"), answer.body());
    }

    private HttpResponse<String> preflight(String origin) throws Exception {
        return send(HttpRequest.newBuilder(uri("/api/echo"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .headers("Origin", origin, "Access-Control-Request-Method", "POST"));
    }

    private HttpResponse<String> post(String... headers) throws Exception {
        return send(HttpRequest.newBuilder(uri("/api/echo"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .headers(headers));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(own() + path);
    }

    private String own() {
        return "http://127.0.0.1:" + server.port();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
