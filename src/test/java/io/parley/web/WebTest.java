package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.config.Limits;
import io.parley.config.Settings;
import io.parley.embedded.EmbeddedServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page, health and metrics over real HTTP. */
final class WebTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicReference<Optional<String>> unready = new AtomicReference<>(Optional.empty());
    private EmbeddedServer server;

    @BeforeEach
    void start() {
        Settings settings =
                new Settings("127.0.0.1", 0, Path.of("target"), true, Set.of(), Set.of(), Limits.defaults());
        server = EmbeddedServer.start(settings, new Application());
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(1));
    }

    @Test
    void theRootIsThePage() throws Exception {
        HttpResponse<byte[]> page = get("/");

        assertEquals(200, page.statusCode());
        assertEquals("text/html;charset=utf-8", header(page, "Content-Type").replace(" ", ""));
        assertEquals("no-cache", header(page, "Cache-Control"));
        assertArrayEquals(page.body(), get("/index.html").body());
        assertTrue(text(page).startsWith("<!"), () -> text(page));
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() throws Exception {
        String tag = header(get("/"), "ETag");

        HttpResponse<byte[]> again = get("/", "If-None-Match", "\"other\", W/" + tag);

        assertEquals(304, again.statusCode());
        assertEquals(0, again.body().length);
        assertEquals(tag, header(again, "ETag"));
    }

    @Test
    void whoTakesGzipGetsTheSamePageCompressedUnderAnotherTag() throws Exception {
        HttpResponse<byte[]> plain = get("/probe.css");
        HttpResponse<byte[]> compressed = get("/probe.css", "Accept-Encoding", "br, gzip;q=0.5");

        assertEquals("gzip", header(compressed, "Content-Encoding"));
        assertEquals("Accept-Encoding", header(compressed, "Vary"));
        assertEquals("Accept-Encoding", header(plain, "Vary"));
        assertFalse(header(plain, "ETag").equals(header(compressed, "ETag")));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertArrayEquals(plain.body(), in.readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip;q=0", "gzip; q=0.000", "identity", "br"})
    void whoDoesNotTakeGzipGetsItPlain(String accepted) throws Exception {
        assertEquals("", header(get("/probe.css", "Accept-Encoding", accepted), "Content-Encoding"));
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        HttpResponse<byte[]> head = send("HEAD", "/");

        assertEquals(200, head.statusCode());
        assertEquals(Integer.toString(get("/").body().length), header(head, "Content-Length"));
        assertEquals(0, head.body().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void nothingElseCanBeDoneWithThePage(String method) throws Exception {
        HttpResponse<byte[]> answer = send(method, "/");

        assertEquals(405, answer.statusCode());
        assertEquals("GET, HEAD", header(answer, "Allow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing.html",
                "/nothing",
                "/.hidden.txt",
                "/js/.hidden.js",
                "/js",
                "/js/",
                "//index.html",
                "/index.html/",
                "/index.html;a=b",
                "/PageServlet.class",
                "/../PageServlet.class",
                "/js/../index.html",
                "/%2e%2e/PageServlet.class",
                "/..%2fPageServlet.class",
                "/index.html%00",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/org/springframework/boot/loader/launch/WarLauncher.class"
            })
    void whatIsNoFileOfThePageIsNotThere(String path) throws Exception {
        assertTrue(statusOf("GET " + path).startsWith("HTTP/1.1 40"), () -> path);
    }

    @Test
    void everyAnswerTellsTheBrowserWhatThePageNeverDoes() throws Exception {
        for (String path : Set.of("/", "/nothing", "/health/live", "/metrics")) {
            HttpResponse<byte[]> answer = get(path);

            String policy = header(answer, "Content-Security-Policy");
            assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; "), policy);
            assertFalse(policy.contains("unsafe"), policy);
            assertTrue(policy.contains("frame-ancestors 'none'"), policy);
            assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
            assertEquals("no-referrer", header(answer, "Referrer-Policy"));
            assertEquals("same-origin", header(answer, "Cross-Origin-Opener-Policy"));
            assertEquals("same-origin", header(answer, "Cross-Origin-Resource-Policy"));
        }
    }

    @Test
    void traceIsRefused() throws Exception {
        assertTrue(statusOf("TRACE /").startsWith("HTTP/1.1 405"));
    }

    @Test
    void aLiveServerIsUpWhetherItIsReadyOrNot() throws Exception {
        unready.set(Optional.of("the store is not open"));

        assertEquals("{\"status\":\"up\"}", text(get("/health/live")));
    }

    @Test
    void readinessHasItsReason() throws Exception {
        assertEquals("{\"status\":\"up\"}", text(get("/health/ready")));
        unready.set(Optional.of("the \"store\" is not open"));

        HttpResponse<byte[]> answer = get("/health/ready");

        assertEquals(503, answer.statusCode());
        assertEquals("{\"status\":\"down\",\"reason\":\"the \\\"store\\\" is not open\"}", text(answer));
        assertEquals("no-store", header(answer, "Cache-Control"));
        assertEquals(404, get("/health/other").statusCode());
    }

    @Test
    void whatIsMeasuredIsInPrometheusFormat() throws Exception {
        meters.counter("parley.posts").increment();

        HttpResponse<byte[]> answer = get("/metrics");

        assertTrue(header(answer, "Content-Type").startsWith("text/plain"));
        assertTrue(text(answer).contains("parley_posts_total 1.0"), () -> text(answer));
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> send(String method, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The status line, for addresses and methods that a well-behaved client does not send. */
    private String statusOf(String methodAndPath) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            String request = methodAndPath + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private final class Application implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServletContext context = event.getServletContext();
            context.addFilter("headers", new SecurityHeadersFilter())
                    .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
            context.addServlet("page", new PageServlet()).addMapping("/");
            context.addServlet("health", new HealthServlet(unready::get)).addMapping("/health/*");
            context.addServlet("metrics", new MetricsServlet(meters)).addMapping("/metrics");
        }
    }
}
