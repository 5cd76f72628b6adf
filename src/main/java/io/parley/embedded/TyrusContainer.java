package io.parley.embedded;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/** Tyrus' container of endpoints, for the root of one port. Thread-safe once started. */
final class TyrusContainer extends TyrusServerContainer {

    private final WebSocketEngine engine;
    private final ScheduledExecutorService timer = new SessionTimer();

    /** @param bufferBytes most bytes of an unfinished frame together with what was read after it */
    TyrusContainer(int bufferBytes) {
        super(Set.of());
        engine = TyrusWebSocketEngine.builder(this)
                .incomingBufferSize(bufferBytes)
                .build();
    }

    /** At once, and not at the start: nothing tells this container when all are registered. */
    @Override
    public void addEndpoint(Class<?> endpoint) throws DeploymentException {
        register(endpoint);
    }

    @Override
    public void addEndpoint(ServerEndpointConfig endpoint) throws DeploymentException {
        register(endpoint);
    }

    @Override
    public void register(Class<?> endpoint) throws DeploymentException {
        engine.register(endpoint, "");
    }

    @Override
    public void register(ServerEndpointConfig endpoint) throws DeploymentException {
        engine.register(endpoint, "");
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
        return engine;
    }

    @Override
    public ScheduledExecutorService getScheduledExecutorService() {
        return timer;
    }

    @Override
    public void shutdown() {
        super.shutdown();
        timer.shutdownNow();
    }
}
