package io.parley.embedded;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOStrategy;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/**
 * Which thread handles what a connection brings: a WebSocket's frames the one that has read them, since taking a frame never blocks and
 * handing it over costs more than taking it; everything else a worker, since servlets may block. Thread-safe.
 */
// Grizzly's interface has raw connections.
@SuppressWarnings("rawtypes")
final class Strategy implements IOStrategy {
    private static final IOStrategy AT_ONCE = SameThreadIOStrategy.getInstance();
    private static final IOStrategy BY_A_WORKER = WorkerThreadIOStrategy.getInstance();

    private final Predicate<Connection<?>> isWebSocket;

    Strategy(Predicate<Connection<?>> isWebSocket) {
        this.isWebSocket = isWebSocket;
    }

    @Override
    public boolean executeIoEvent(Connection connection, IOEvent event) throws IOException {
        return executeIoEvent(connection, event, true);
    }

    @Override
    public boolean executeIoEvent(Connection connection, IOEvent event, boolean enabled) throws IOException {
        return of(connection).executeIoEvent(connection, event, enabled);
    }

    @Override
    public Executor getThreadPoolFor(Connection connection, IOEvent event) {
        return of(connection).getThreadPoolFor(connection, event);
    }

    @Override
    public ThreadPoolConfig createDefaultWorkerPoolConfig(Transport transport) {
        return BY_A_WORKER.createDefaultWorkerPoolConfig(transport);
    }

    private IOStrategy of(Connection<?> connection) {
        return isWebSocket.test(connection) ? AT_ONCE : BY_A_WORKER;
    }
}
