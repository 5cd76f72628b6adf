package io.parley.hooks;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Somebody who is sent webhooks, on a free port of loopback. Thread-safe. */
public final class Receiver implements AutoCloseable {
    /** An answer that does not come until the receiver is closed. */
    public static final int NEVER = 0;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_AGAIN_NANOS = 500_000;
    private static final int FINE = 204;

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Request> taken = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** One POST. Immutable. */
    public record Request(String host, String path, String id, String timestamp, String signature, String body) {
        /** The body as what it says. */
        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            }
        }

        /** The entry's place in its room. */
        public long seq() {
            return json().getJsonNumber("seq").longValueExact();
        }
    }

    private Receiver(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** Speaks plainly. */
    public static Receiver plain() throws IOException {
        return new Receiver(HttpServer.create(anywhere(), 0), "http");
    }

    /** Speaks TLS. */
    static Receiver byTls(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(anywhere(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new Receiver(server, "https");
    }

    /** Under 127.0.0.1. */
    public String url() {
        return url("127.0.0.1");
    }

    String url(String host) {
        return scheme + "://" + host + ":" + server.getAddress().getPort() + "/in";
    }

    /** How the next requests are answered; those after them with 204. */
    public void answer(Integer... statuses) {
        answers.addAll(List.of(statuses));
    }

    /** All requests that came. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The places of all entries that were answered with 2xx. */
    public List<Long> taken() {
        return taken.stream().map(Request::seq).toList();
    }

    /** Returns when so many requests have come. */
    public List<Request> await(int count) {
        awaitUntil(count + " requests", () -> requests.size() >= count);
        return requests();
    }

    /** Returns when so many entries were taken. */
    public List<Long> awaitTaken(int count) {
        awaitUntil(count + " entries", () -> taken.size() >= count);
        return taken();
    }

    /** Returns when something has come to hold. */
    public static void awaitUntil(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                fail("waited in vain for " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    header(exchange, "Host"),
                    exchange.getRequestURI().toString(),
                    header(exchange, "webhook-id"),
                    header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Integer scripted = answers.poll();
            int status = scripted == null ? FINE : scripted;
            if (status / 100 == 2) {
                taken.add(request);
            }
            requests.add(request);
            if (status == NEVER) {
                boolean unused = closed.await(3 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } else if (status / 100 == 3) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        @Nullable String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static InetSocketAddress anywhere() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
