package io.parley.embedded;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Says no to a WebSocket handshake before it is made.
 *
 * <p>In a container a servlet filter does this; Grizzly runs no filter for a handshake. The application puts its gate into the
 * servlet context under {@link #ATTRIBUTE} while it is initialised. Implementations are thread-safe and do not block.
 */
@FunctionalInterface
public interface HandshakeGate {

    /** The attribute of the servlet context that holds the gate. */
    String ATTRIBUTE = HandshakeGate.class.getName();

    /**
     * Judges a handshake.
     *
     * @return the HTTP status to refuse it with, 400 to 599, or empty to let it pass
     */
    OptionalInt refusal(Handshake handshake);

    /**
     * The request that asks for a WebSocket. Immutable.
     *
     * @param path path of the request, undecoded
     * @param query query of the request, undecoded
     * @param headers by name, without regard to case
     * @param secure whether it came by TLS
     * @param peer who asks; a proxy, where there is one
     */
    record Handshake(
            String path,
            @Nullable String query,
            Map<String, List<String>> headers,
            boolean secure,
            @Nullable InetSocketAddress peer) {}
}
