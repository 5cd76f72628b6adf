package io.parley.transport.websocket;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/**
 * Negotiates handshakes and makes endpoints. Thread-safe.
 *
 * <p>The container makes it, without arguments, while {@link WebSocketDoor#register} runs or later; see there how it comes to know its door.
 */
public final class DoorConfigurator extends ServerEndpointConfig.Configurator {
    private final WebSocketDoor door = WebSocketDoor.registered();

    /** The first protocol of the client's list that is spoken here (protocol §2). */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.stream()
                .map(String::strip)
                .filter(door::speaks)
                .findFirst()
                .orElse("");
    }

    /** None: compression costs several times the processor and memory of what it carries here. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    /** The policy is applied where the host is known too: before the upgrade by filter or gate, and again as the handshake is read. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        HandshakeReader.read(request, door.policy(), door.proxies()).attach(config);
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpoint) {
        return endpoint.cast(endpoint == RootEndpoint.class ? new RootEndpoint(door) : new ChatEndpoint(door));
    }
}
