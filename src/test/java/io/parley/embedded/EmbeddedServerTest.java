package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.StartFailure;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EmbeddedServerTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ProbeApplication application = new ProbeApplication();
    private EmbeddedServer server;

    @BeforeEach
    void start() {
        server = application.start();
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(2));
    }

    @Test
    void aServletAndAFilterThatTheListenerRegisteredAnswer() throws Exception {
        HttpResponse<String> page = http.send(get("/"), HttpResponse.BodyHandlers.ofString());

        assertEquals("page of 127.0.0.1", page.body());
        assertEquals("yes", page.headers().firstValue("X-Filtered").orElse("no"));
        assertTrue(page.headers().firstValue("Server").isEmpty());
    }

    @Test
    void whatNoServletServesIsAnEmpty404() throws Exception {
        HttpResponse<String> page = http.send(get("/nothing"), HttpResponse.BodyHandlers.ofString());

        assertEquals(404, page.statusCode());
        assertEquals("", page.body());
    }

    @Test
    void anAsynchronousServletAnswersFromAnotherThreadLater() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(get("/later"), HttpResponse.BodyHandlers.ofString());
        AsyncContext context = ProbeApplication.next(application.suspended);
        assertFalse(answer.isDone());

        context.getResponse().getOutputStream().print("at last");
        context.complete();

        assertEquals("at last", answer.join().body());
    }

    @Test
    void aPathIsDecodedAsUtf8() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(get("/later/%E8%8C%B6%E9%A6%86"), HttpResponse.BodyHandlers.ofString());
        ProbeApplication.next(application.suspended).complete();

        assertEquals(200, answer.join().statusCode());
        assertEquals("/茶馆", ProbeApplication.next(application.paths));
    }

    @Test
    void moreAsynchronousRequestsThanThereAreThreadsCanWait() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(http.sendAsync(get("/later/" + i), HttpResponse.BodyHandlers.ofString()));
        }
        for (int i = 0; i < 100; i++) {
            ProbeApplication.next(application.suspended).complete();
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertEquals(200, answer.join().statusCode());
        }
    }

    @Test
    void noOtherAddressOfTheMachineIsServed() throws Exception {
        assertEquals(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), server.address());
        try (Socket other = new Socket()) {
            assertThrows(
                    ConnectException.class,
                    () -> other.connect(new InetSocketAddress("127.0.0.2", server.port()), 1_000));
        }
    }

    @Test
    void aTakenPortIsSaidInOneLineThatNamesTheSetting() {
        ProbeApplication second = new ProbeApplication();

        StartFailure failure = assertThrows(
                StartFailure.class,
                () -> EmbeddedServer.start(ProbeApplication.settings("127.0.0.1", server.port()), second));

        assertTrue(failure.line().startsWith("parley.port is " + server.port() + ": cannot listen"), failure::line);
        assertTrue(second.destroyed.isEmpty(), "the application had begun");
    }

    @Test
    void anAddressThatIsNotOursIsSaidInOneLineThatNamesTheSetting() {
        StartFailure failure = assertThrows(
                StartFailure.class,
                () -> EmbeddedServer.start(ProbeApplication.settings("192.0.2.1", 0), new ProbeApplication()));

        assertEquals("parley.host is \"192.0.2.1\": that is no address of this machine", failure.line());
    }

    @Test
    void aNameThatDoesNotExistIsSaidInOneLineThatNamesTheSetting() {
        StartFailure failure = assertThrows(
                StartFailure.class,
                () -> EmbeddedServer.start(ProbeApplication.settings("nowhere.invalid", 0), new ProbeApplication()));

        assertEquals("parley.host is \"nowhere.invalid\": there is no such name or address", failure.line());
    }

    @Test
    void whatTheListenerThrowsEndsTheStart() {
        StartFailure thrown = new StartFailure("the folder is full");
        FailingListener listener = new FailingListener(thrown);

        StartFailure failure = assertThrows(
                StartFailure.class, () -> EmbeddedServer.start(ProbeApplication.settings("127.0.0.1", 0), listener));

        assertEquals(thrown, failure);
        assertTrue(listener.destroyed);
    }

    @Test
    void stoppingDestroysTheApplicationAndClosesThePort() throws Exception {
        server.stop(Duration.ofSeconds(2));

        assertEquals(1, application.destroyed.size());
        try (Socket late = new Socket()) {
            assertThrows(ConnectException.class, () -> late.connect(server.address(), 1_000));
        }
    }

    @Test
    void stoppingLeavesNoThreadBehind() throws Exception {
        server.stop(Duration.ofSeconds(2));

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("parley") || thread.getName().startsWith("tyrus")) {
                thread.join(5_000);
                assertFalse(thread.isAlive(), thread::getName);
            }
        }
    }

    @Test
    void aRequestWhoseHeadersGrowTooLongIsRefused() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
            String answer = tryUntilAnswer(client, "x".repeat(1024));
            assertTrue(answer.startsWith("HTTP/1.1 400") || answer.startsWith("HTTP/1.1 431"), answer);
        }
    }

    private static String tryUntilAnswer(RawClient client, String more) throws IOException {
        for (int i = 0; i < 64; i++) {
            client.send(more);
        }
        return client.head();
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
    }

    private static final class FailingListener implements ServletContextListener {
        private final RuntimeException thrown;
        private boolean destroyed;

        FailingListener(RuntimeException thrown) {
            this.thrown = thrown;
        }

        @Override
        public void contextInitialized(ServletContextEvent event) {
            throw thrown;
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            destroyed = true;
        }
    }
}
