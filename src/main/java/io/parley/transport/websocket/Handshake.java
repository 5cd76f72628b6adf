package io.parley.transport.websocket;

import io.parley.access.HandshakePolicy;
import io.parley.delivery.Opening;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Optional;

/**
 * What a handshake brought, carried over to the session. Immutable.
 *
 * @param remote the peer's network address
 * @param denial why the session is closed as soon as it is open, where it could not be refused before
 */
record Handshake(Opening opening, String remote, Optional<HandshakePolicy.Denial> denial) {
    private static final String KEY = Handshake.class.getName();

    /** Leaves it with the handshake's own copy of the configuration (Jakarta WebSocket 2.1 §3.1.2 gives each session one). */
    void attach(ServerEndpointConfig config) {
        config.getUserProperties().put(KEY, this);
    }

    static Handshake of(Session session) {
        if (session.getUserProperties().remove(KEY) instanceof Handshake handshake) {
            return handshake;
        }
        throw new IllegalStateException("the container has lost what the handshake brought");
    }
}
