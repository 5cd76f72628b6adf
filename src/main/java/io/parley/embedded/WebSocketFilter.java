package io.parley.embedded;

import io.parley.embedded.HandshakeGate.Handshake;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpEvents.IncomingHttpUpgradeEvent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Makes WebSockets of the connections that ask for it; leaves everything else to the servlets.
 *
 * <p>Stands between Grizzly's HTTP codec and its servlets and drives Tyrus by its public SPI. Thread-safe.
 */
final class WebSocketFilter extends BaseFilter {

    private static final Logger LOG = System.getLogger(WebSocketFilter.class.getName());
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;

    private final WebSocketEngine engine;
    private final FramesFilter frames;
    private final Supplier<@Nullable HandshakeGate> gate;

    /**
     * Made once for a server.
     *
     * @param gate asked before each handshake for who judges it, if anybody does
     */
    WebSocketFilter(WebSocketEngine engine, FramesFilter frames, Supplier<@Nullable HandshakeGate> gate) {
        this.engine = engine;
        this.frames = frames;
        this.gate = gate;
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) {
        HttpContent message = ctx.getMessage();
        if (!(message.getHttpHeader() instanceof HttpRequestPacket request) || !asksForWebSocket(request)) {
            return ctx.getInvokeAction();
        }
        return handshake(ctx, request);
    }

    /**
     * Forgets the upgrade of a request that asks for another protocol.
     *
     * <p>Grizzly would take all that follows, until the connection ends, for its body; and Java's own client asks for {@code h2c} with its
     * first request unless told otherwise. A server may ignore an Upgrade (RFC 9110 §7.8).
     */
    @Override
    public NextAction handleEvent(FilterChainContext ctx, FilterChainEvent event) {
        if (event instanceof IncomingHttpUpgradeEvent upgrade
                && upgrade.getHttpHeader() instanceof HttpRequestPacket request
                && !asksForWebSocket(request)) {
            request.setIgnoreContentModifiers(false);
            request.getUpgradeDC().recycle();
        }
        return ctx.getInvokeAction();
    }

    private static boolean asksForWebSocket(HttpRequestPacket request) {
        return "websocket".equalsIgnoreCase(request.getUpgrade())
                && request.getMethod() == Method.GET
                && request.getProtocol() == Protocol.HTTP_1_1;
    }

    private NextAction handshake(FilterChainContext ctx, HttpRequestPacket request) {
        RequestContext context;
        try {
            context = RequestContexts.of(request);
        } catch (IllegalArgumentException malformed) {
            return Answers.refuse(ctx, request, BAD_REQUEST, Map.of());
        }
        try {
            OptionalInt refusal = refusal(request, context);
            return refusal.isPresent()
                    ? Answers.refuse(ctx, request, refusal.getAsInt(), Map.of())
                    : upgrade(ctx, request, context);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a handshake failed", e);
            return Answers.refuse(ctx, request, INTERNAL_ERROR, Map.of());
        }
    }

    private NextAction upgrade(FilterChainContext ctx, HttpRequestPacket request, RequestContext context) {
        UpgradeResponse response = new TyrusUpgradeResponse();
        UpgradeInfo upgrade = engine.upgrade(context, response);
        return switch (upgrade.getStatus()) {
            // Tyrus also calls it a success when the endpoint has set 401, 503 or a redirection.
            case SUCCESS ->
                response.getStatus() == SWITCHING_PROTOCOLS
                        ? accept(ctx, request, response, upgrade)
                        : Answers.refuse(ctx, request, response.getStatus(), Map.of());
            case HANDSHAKE_FAILED -> Answers.refuse(ctx, request, response.getStatus(), versions(response));
            case NOT_APPLICABLE -> ctx.getInvokeAction();
        };
    }

    /** The header that says which version is spoken, if that was amiss (RFC 6455 §4.4). */
    private static Map<String, List<String>> versions(UpgradeResponse response) {
        List<String> versions = response.getHeaders().get(UpgradeRequest.SEC_WEBSOCKET_VERSION);
        return versions == null ? Map.of() : Map.of(UpgradeRequest.SEC_WEBSOCKET_VERSION, versions);
    }

    private OptionalInt refusal(HttpRequestPacket request, RequestContext context) {
        HandshakeGate judge = gate.get();
        return judge == null
                ? OptionalInt.empty()
                : judge.refusal(new Handshake(
                        request.getRequestURI(),
                        context.getQueryString(),
                        Collections.unmodifiableMap(context.getHeaders()),
                        context.isSecure(),
                        RequestContexts.peer(request)));
    }

    private NextAction accept(
            FilterChainContext ctx, HttpRequestPacket request, UpgradeResponse response, UpgradeInfo upgrade) {
        Answers.upgrade(ctx, request, response.getStatus(), response.getHeaders());
        frames.adopt((TCPNIOConnection) ctx.getConnection(), upgrade);
        return ctx.getStopAction();
    }
}
