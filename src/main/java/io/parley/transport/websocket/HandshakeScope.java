package io.parley.transport.websocket;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What {@link HandshakeFilter} knows of a request and the WebSocket API does not tell: it has judged it, and where it comes from. Immutable.
 *
 * <p>Containers upgrade on the filter's own thread, within its chain; hence a thread-local, set for just that long.
 */
record HandshakeScope(String remote) {
    private static final ThreadLocal<HandshakeScope> CURRENT = new ThreadLocal<>();

    /** The rest of a filter chain. */
    interface Chain {
        void proceed() throws IOException, ServletException;
    }

    static @Nullable HandshakeScope current() {
        return CURRENT.get();
    }

    static void with(String remote, Chain chain) throws IOException, ServletException {
        CURRENT.set(new HandshakeScope(remote));
        try {
            chain.proceed();
        } finally {
            CURRENT.remove();
        }
    }
}
