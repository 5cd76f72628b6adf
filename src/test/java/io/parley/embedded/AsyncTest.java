package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asynchronous servlets on the embedded server behave as the specification has it. */
final class AsyncTest {
    private static final int REQUESTS = 4_000;
    private static final int CLIENTS = 8;

    private final ExecutorService others = Executors.newFixedThreadPool(4);
    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedServer server =
            EmbeddedServer.start(ProbeApplication.settings("127.0.0.1", 0), new Application());

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(1));
        others.shutdownNow();
    }

    @Test
    void aRequestThatIsCompletedWhileItsServletReturnsHarmsNoOther() {
        Queue<String> trouble = new ConcurrentLinkedQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                if (event.getLevel().intValue() >= Level.WARNING.intValue()) {
                    trouble.add(event.getMessage() + " " + event.getThrown());
                }
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger logger = Logger.getLogger("org.glassfish.grizzly");
        logger.addHandler(handler);
        try {
            askByManyClients();
        } finally {
            logger.removeHandler(handler);
        }
        assertNull(trouble.peek(), () -> trouble.size() + " complaints of the server's");
    }

    private void askByManyClients() {
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            clients.add(CompletableFuture.runAsync(() -> ask(number)));
        }
        for (CompletableFuture<Void> client : clients) {
            client.join();
        }
    }

    private void ask(int client) {
        for (int i = 0; i < REQUESTS / CLIENTS; i++) {
            String path = "/at-once/" + client + "-" + i;
            assertEquals("200 " + path, get(path));
        }
    }

    @Test
    void filtersRunInTheOrderInWhichTheyWereRegistered() {
        assertEquals("200 first second /order", get("/order"));
    }

    @Test
    void aLongBodyIsReadAsItComes() throws Exception {
        byte[] body = new byte[3 * BodyFilter.WHOLE_BYTES];
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri("/count"))
                        .timeout(Duration.ofSeconds(20))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());

        assertEquals(Integer.toString(body.length), answer.body());
    }

    private String get(String path) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(uri(path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private final class Application implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServletContext context = event.getServletContext();
            for (String name : List.of("first ", "second ")) {
                FilterRegistration.Dynamic filter = context.addFilter(name, (request, response, chain) -> {
                    if (((HttpServletRequest) request).getRequestURI().equals("/order")) {
                        response.getOutputStream().write(name.getBytes(StandardCharsets.US_ASCII));
                    }
                    chain.doFilter(request, response);
                });
                filter.setAsyncSupported(true);
                filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
            }
            ServletRegistration.Dynamic servlet = context.addServlet("servlet", new Servlet());
            servlet.setAsyncSupported(true);
            servlet.addMapping("/*");
        }
    }

    private final class Servlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AsyncContext context = request.startAsync(request, response);
            context.setTimeout(0);
            if (request.getRequestURI().equals("/count")) {
                request.getInputStream().setReadListener(new Counter(context, request.getInputStream()));
                return;
            }
            others.execute(() -> answer(context, request.getRequestURI()));
        }
    }

    private static void answer(AsyncContext context, String text) {
        try {
            context.getResponse().getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        context.complete();
    }

    private static final class Counter implements ReadListener {
        private final AsyncContext context;
        private final ServletInputStream in;
        private int bytes;

        Counter(AsyncContext context, ServletInputStream in) {
            this.context = context;
            this.in = in;
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] piece = new byte[4_096];
            while (in.isReady() && !in.isFinished()) {
                bytes += Math.max(0, in.read(piece));
            }
        }

        @Override
        public void onAllDataRead() {
            answer(context, Integer.toString(bytes));
        }

        @Override
        public void onError(Throwable failure) {
            context.complete();
        }
    }
}
