package io.parley.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.utils.DelayedExecutor;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;

/**
 * Cuts off connections that neither ask nor read: silent ones, headers that never end, answers that nobody fetches.
 *
 * <p>Grizzly's own filter closes gently, which waits for queued bytes to be read, perhaps for ever. The clock starts when a connection is
 * accepted and again with each whole head, piece of a body and answer; a piece of a head does not start it anew. Thread-safe.
 */
final class IdleConnections {

    /** How long a connection may be idle, unless a test is in a hurry. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final IdleTimeoutFilter filter;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "parley-idle");
        made.setDaemon(true);
        return made;
    });
    private final DelayedExecutor clock = new DelayedExecutor(thread);

    IdleConnections(Duration patience) {
        filter = new IdleTimeoutFilter(
                clock, patience.toMillis(), TimeUnit.MILLISECONDS, connection -> connection.terminateSilently());
    }

    /** Takes the place of Grizzly's filter. */
    void install(FilterChainBuilder chain) {
        chain.set(chain.indexOfType(IdleTimeoutFilter.class), filter);
    }

    void start() {
        clock.start();
    }

    void stop() {
        clock.destroy();
        thread.shutdownNow();
    }

    /** A WebSocket may be silent; its endpoint knows how long. */
    void exempt(Connection<?> connection) {
        IdleTimeoutFilter.setCustomTimeout(connection, -1, TimeUnit.SECONDS);
    }

    /** For a connection that has left the chain of this filter and is closed now. */
    void forget(FilterChainContext closed) throws IOException {
        filter.handleClose(closed);
    }
}
