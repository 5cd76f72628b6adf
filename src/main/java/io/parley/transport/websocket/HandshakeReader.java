package io.parley.transport.websocket;

import io.parley.access.HandshakePolicy;
import io.parley.delivery.Opening;
import io.parley.identity.Credentials;
import io.parley.identity.SessionCookie;
import jakarta.websocket.server.HandshakeRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a handshake's headers and query. Stateless. */
final class HandshakeReader {
    private HandshakeReader() {}

    static Handshake read(HandshakeRequest request, HandshakePolicy policy) {
        HandshakeScope scope = HandshakeScope.current();
        String origin = header(request, "Origin");
        Optional<HandshakePolicy.Denial> denial = scope != null
                ? Optional.empty()
                : policy.handshake(new HandshakePolicy.Asked(
                        header(request, "Host"), origin, request.getQueryString(), HandshakePolicy.isHttps(origin)));
        String remote = scope != null ? scope.remote() : remoteOf(request);
        Credentials credentials = Credentials.of(
                Optional.ofNullable(header(request, "Authorization")), cookie(request), parameter(request, "name"));
        return new Handshake(new Opening(credentials, parameter(request, "room"), remote), remote, denial);
    }

    /** The embedded server hands over the peer where others have a session, which it has none of. */
    private static String remoteOf(HandshakeRequest request) {
        return request.getHttpSession() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : "unknown";
    }

    private static Optional<String> cookie(HandshakeRequest request) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Cookie"))
                .findFirst()
                .flatMap(header -> SessionCookie.read(header.getValue()));
    }

    private static Optional<String> parameter(HandshakeRequest request, String name) {
        List<String> values = request.getParameterMap().get(name);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    private static @Nullable String header(HandshakeRequest request, String name) {
        for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
            if (header.getKey().equalsIgnoreCase(name) && !header.getValue().isEmpty()) {
                return header.getValue().get(0);
            }
        }
        return null;
    }
}
