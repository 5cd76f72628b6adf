package io.parley.transport.websocket;

import io.parley.access.ConnectionQuota;
import io.parley.access.HandshakePolicy;
import io.parley.config.Limits;
import io.parley.delivery.Delivery;
import io.parley.delivery.Subprotocol;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The WebSocket door of one Parley: what its endpoints work with. Immutable. */
public final class WebSocketDoor {
    private static final List<String> PATHS = List.of("/chat", "/");

    private final Delivery delivery;
    private final HandshakePolicy policy;
    private final ConnectionQuota quota;
    private final Limits limits;
    private final Executor pingers;
    private final Map<String, Subprotocol> subprotocols = new LinkedHashMap<>();
    private final Subprotocol spokenToAll;

    /**
     * @param pingers run pings, which may block as long as a peer does not read; refuse what they cannot begin at once
     * @param subprotocols those that are spoken; the first is spoken to clients that ask for none
     */
    public WebSocketDoor(
            Delivery delivery,
            HandshakePolicy policy,
            ConnectionQuota quota,
            Limits limits,
            Executor pingers,
            List<Subprotocol> subprotocols) {
        this.delivery = delivery;
        this.policy = policy;
        this.quota = quota;
        this.limits = limits;
        this.pingers = pingers;
        this.spokenToAll = subprotocols.get(0);
        subprotocols.forEach(subprotocol -> this.subprotocols.put(subprotocol.name(), subprotocol));
    }

    /** Adds the endpoints to a container, which must still be initialising the application. */
    public void register(ServerContainer container) throws DeploymentException {
        for (String path : PATHS) {
            container.addEndpoint(ServerEndpointConfig.Builder.create(ChatEndpoint.class, path)
                    .subprotocols(List.copyOf(subprotocols.keySet()))
                    .encoders(List.of(FrameEncoder.class))
                    .configurator(new DoorConfigurator(this))
                    .build());
        }
    }

    boolean speaks(String subprotocol) {
        return subprotocols.containsKey(subprotocol);
    }

    Subprotocol subprotocol(@Nullable String negotiated) {
        return subprotocols.getOrDefault(negotiated == null ? "" : negotiated, spokenToAll);
    }

    Delivery delivery() {
        return delivery;
    }

    HandshakePolicy policy() {
        return policy;
    }

    ConnectionQuota quota() {
        return quota;
    }

    Limits limits() {
        return limits;
    }

    Executor pingers() {
        return pingers;
    }
}
