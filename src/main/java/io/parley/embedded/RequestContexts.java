package io.parley.embedded;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.Parameters;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Handshakes as Tyrus reads them, made from Grizzly's requests. Stateless.
 *
 * <p>Where a container has the HTTP session, which there is none of, the handshake carries the peer's {@link InetSocketAddress}.
 */
final class RequestContexts {

    private RequestContexts() {}

    /** @throws IllegalArgumentException when the address is malformed; Tyrus would notice after its 101 */
    static RequestContext of(HttpRequestPacket request) {
        String query = request.getQueryString();
        URI.create(request.getRequestURI() + (query == null ? "" : "?" + query));
        RequestContext context = RequestContext.Builder.create()
                .requestURI(URI.create(request.getRequestURI()))
                .queryString(query)
                .parameterMap(parameters(request))
                .secure(request.isSecure())
                .remoteAddr(request.getRemoteAddress())
                .serverAddr(request.getLocalAddress())
                .serverPort(request.getLocalPort())
                .httpSession(peer(request))
                .build();
        for (String name : request.getHeaders().names()) {
            for (String value : request.getHeaders().values(name)) {
                context.getHeaders()
                        .computeIfAbsent(name, key -> new ArrayList<>())
                        .addAll(Utils.parseHeaderValue(value.trim()));
            }
        }
        return context;
    }

    static @Nullable InetSocketAddress peer(HttpRequestPacket request) {
        return request.getConnection().getPeerAddress() instanceof InetSocketAddress address ? address : null;
    }

    private static Map<String, String[]> parameters(HttpRequestPacket request) {
        Parameters parameters = new Parameters();
        parameters.setQuery(request.getQueryStringDC());
        parameters.setQueryStringEncoding(StandardCharsets.UTF_8);
        Map<String, String[]> values = new HashMap<>();
        for (String name : parameters.getParameterNames()) {
            values.put(name, parameters.getParameterValues(name));
        }
        return values;
    }
}
