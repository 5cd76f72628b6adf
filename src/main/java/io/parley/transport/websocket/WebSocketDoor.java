package io.parley.transport.websocket;

import io.parley.access.ConnectionQuota;
import io.parley.access.HandshakePolicy;
import io.parley.access.Proxies;
import io.parley.config.Limits;
import io.parley.delivery.Delivery;
import io.parley.delivery.Subprotocol;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The WebSocket door of one Parley: what its endpoints work with. Immutable. */
public final class WebSocketDoor {
    // The container makes configurators itself and hands them nothing. Those that it makes while a door is being
    // registered, on the same thread, are that door's; so several Parleys can live in one process.
    private static final ThreadLocal<WebSocketDoor> REGISTERING = new ThreadLocal<>();
    // Payara and GlassFish make them when all listeners have run. There these classes are one application's own, and so
    // is the door.
    private static final AtomicReference<@Nullable WebSocketDoor> LAST = new AtomicReference<>();

    private final Delivery delivery;
    private final HandshakePolicy policy;
    private final Proxies proxies;
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
            Proxies proxies,
            ConnectionQuota quota,
            Limits limits,
            Executor pingers,
            List<Subprotocol> subprotocols) {
        this.delivery = delivery;
        this.policy = policy;
        this.proxies = proxies;
        this.quota = quota;
        this.limits = limits;
        this.pingers = pingers;
        this.spokenToAll = subprotocols.get(0);
        subprotocols.forEach(subprotocol -> this.subprotocols.put(subprotocol.name(), subprotocol));
    }

    /** Adds the endpoints to a container, which must still be initialising the application. */
    public void register(ServerContainer container) throws DeploymentException {
        REGISTERING.set(this);
        LAST.set(this);
        try {
            container.addEndpoint(ChatEndpoint.class);
            container.addEndpoint(RootEndpoint.class);
        } finally {
            REGISTERING.remove();
        }
    }

    static WebSocketDoor registered() {
        WebSocketDoor door = REGISTERING.get();
        WebSocketDoor known = door != null ? door : LAST.get();
        if (known == null) {
            throw new IllegalStateException("endpoints are registered by Parley, not by scanning");
        }
        return known;
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

    Proxies proxies() {
        return proxies;
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
