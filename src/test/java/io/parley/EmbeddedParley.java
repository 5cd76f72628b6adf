package io.parley;

import io.parley.config.GivenSettings;
import io.parley.config.Settings;
import io.parley.embedded.EmbeddedServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Parley on the embedded server, in a test's own process, on a port that was free. Closed by whoever started it. */
public final class EmbeddedParley implements AutoCloseable {
    private static final Duration SOCKETS = Duration.ofSeconds(1);

    private final EmbeddedServer server;
    private final String scheme;

    private EmbeddedParley(EmbeddedServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
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
        Map<String, String> all = new HashMap<>(settings);
        all.put("parley.port", "0");
        Settings given = GivenSettings.of(all, data);
        return new EmbeddedParley(
                EmbeddedServer.start(given, new ParleyListener(given, clock)),
                given.tls().isPresent() ? "https" : "http");
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
