package io.parley;

import io.parley.config.GivenSettings;
import io.parley.config.Settings;
import io.parley.embedded.EmbeddedServer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Parley on the embedded server, in a test's own process, on a port that was free. Closed by whoever started it. */
public final class EmbeddedParley implements AutoCloseable {
    private static final Duration SOCKETS = Duration.ofSeconds(1);

    private final EmbeddedServer server;
    private final String scheme;
    private final ServletContext context;

    private EmbeddedParley(EmbeddedServer server, String scheme, ServletContext context) {
        this.server = server;
        this.scheme = scheme;
        this.context = context;
    }

    /**
     * Starts one.
     *
     * @param settings by their full names, without port and data
     */
    public static EmbeddedParley start(Map<String, String> settings, Path data) {
        return start(settings, data, Clock.systemUTC());
    }

    /** The same, by a clock of the test's. */
    public static EmbeddedParley start(Map<String, String> settings, Path data, Clock clock) {
        return start(settings, data, clock, context -> {});
    }

    /** The same, with what a test puts before the doors. */
    public static EmbeddedParley start(
            Map<String, String> settings, Path data, Clock clock, Consumer<ServletContext> before) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("parley.port", "0");
        Settings given = GivenSettings.of(all, data);
        AtomicReference<ServletContext> context = new AtomicReference<>();
        EmbeddedServer server =
                EmbeddedServer.start(given, new Watched(new ParleyListener(given, clock), before, context));
        return new EmbeddedParley(
                server, given.tls().isPresent() ? "https" : "http", Objects.requireNonNull(context.get()));
    }

    /** What the servlets are mapped to. */
    public Set<String> mappings() {
        Set<String> all = new TreeSet<>();
        context.getServletRegistrations().values().forEach(servlet -> all.addAll(servlet.getMappings()));
        return all;
    }

    /** A listener, and the context that it was called with. */
    private record Watched(
            ServletContextListener listener, Consumer<ServletContext> before, AtomicReference<ServletContext> context)
            implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            context.set(event.getServletContext());
            before.accept(event.getServletContext());
            listener.contextInitialized(event);
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            listener.contextDestroyed(event);
        }
    }

    /** Where the context root is. */
    public URI base() {
        return URI.create(scheme + "://127.0.0.1:" + server.port() + "/");
    }

    @Override
    public void close() {
        server.stop(SOCKETS);
    }
}
