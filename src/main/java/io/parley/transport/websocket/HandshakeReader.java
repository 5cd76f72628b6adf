package io.parley.transport.websocket;

import io.parley.access.HandshakePolicy;
import io.parley.access.Proxies;
import io.parley.access.Way;
import io.parley.delivery.Opening;
import io.parley.identity.Credentials;
import io.parley.identity.SessionCookie;
import jakarta.websocket.server.HandshakeRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a handshake's headers and query. Stateless. */
final class HandshakeReader {
    private HandshakeReader() {}

    static Handshake read(HandshakeRequest request, HandshakePolicy policy, Proxies proxies) {
        HandshakeScope scope = HandshakeScope.current();
        Optional<HandshakePolicy.Denial> denial = Optional.empty();
        String remote;
        if (scope != null) {
            remote = scope.remote();
        } else {
            String origin = header(request, "Origin");
            String host = header(request, "Host");
            Way way = proxies.way(
                    new Way(remoteOf(request), host, HandshakePolicy.isHttps(origin)), name -> headers(request, name));
            denial = policy.host(host)
                    .or(() -> policy.handshake(
                            new HandshakePolicy.Asked(way.host(), origin, request.getQueryString(), way.secure())));
            remote = way.remote();
        }
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
        List<String> values = headers(request, name);
        return values.isEmpty() ? null : values.get(0);
    }

    private static List<String> headers(HandshakeRequest request, String name) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }
}
