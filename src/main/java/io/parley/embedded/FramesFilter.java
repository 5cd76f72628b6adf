package io.parley.embedded;

import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;

/**
 * Carries bytes between connections and their WebSockets, with nothing in between.
 *
 * <p>A connection that became a WebSocket leaves the chain of HTTP filters for this one, and what was kept of its request is let go:
 * Grizzly would keep it as long as the connection lasts, some 10 kB. Thread-safe.
 */
final class FramesFilter extends BaseFilter {

    private final Attribute<WebSocketConnection> webSocket =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(FramesFilter.class.getName());
    private final Attribute<Object> request =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);
    private final Live<WebSocketConnection> open;
    private final AcceptFilter doorway;
    private final IdleConnections idle;
    private final ScheduledExecutorService timer;
    private final int frameBytes;
    private volatile FilterChain chain =
            FilterChainBuilder.stateless().add(new TransportFilter()).add(this).build();

    /** @param open the WebSockets whose connection is open; kept by this filter */
    FramesFilter(
            Live<WebSocketConnection> open,
            AcceptFilter doorway,
            IdleConnections idle,
            ScheduledExecutorService timer,
            int frameBytes) {
        this.open = open;
        this.doorway = doorway;
        this.idle = idle;
        this.timer = timer;
        this.frameBytes = frameBytes;
    }

    /** From now on connections come by TLS; called before the first does. */
    void isBehind(SSLBaseFilter tls) {
        chain = FilterChainBuilder.stateless()
                .add(new TransportFilter())
                .add(tls)
                .add(this)
                .build();
    }

    /** Whether a connection has become a WebSocket. */
    boolean carries(Connection<?> connection) {
        return connection.getProcessor() == chain;
    }

    /** Makes a WebSocket of a connection, on the thread that has read its handshake and whose answer is written. */
    void adopt(TCPNIOConnection below, UpgradeInfo upgrade) {
        WebSocketConnection connection = new WebSocketConnection(below, timer, frameBytes);
        open.add(connection);
        webSocket.set(below, connection);
        request.remove(below);
        idle.exempt(below);
        doorway.upgraded(below);
        below.setProcessor(chain);
        connection.open(upgrade);
        if (!below.isOpen()) {
            ended(connection);
        }
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) {
        Buffer bytes = ctx.getMessage();
        webSocket.get(ctx.getConnection()).received(bytes);
        return ctx.getStopAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext ctx) throws IOException {
        idle.forget(ctx);
        ended(webSocket.get(ctx.getConnection()));
        return ctx.getInvokeAction();
    }

    private void ended(WebSocketConnection connection) {
        open.remove(connection);
        connection.ended();
    }
}
