package io.parley.embedded;

import io.parley.embedded.HandshakeGate.Handshake;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpEvents.IncomingHttpUpgradeEvent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.Parameters;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.core.Utils;
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
    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;

    private final Attribute<WebSocketConnection> webSocket =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(WebSocketFilter.class.getName());
    private final Live<WebSocketConnection> open;
    private final WebSocketEngine engine;
    private final ScheduledExecutorService timer;
    private final Supplier<@Nullable HandshakeGate> gate;
    private final int frameBytes;

    WebSocketFilter(
            WebSocketEngine engine,
            Live<WebSocketConnection> open,
            ScheduledExecutorService timer,
            Supplier<@Nullable HandshakeGate> gate,
            int frameBytes) {
        this.engine = engine;
        this.open = open;
        this.timer = timer;
        this.gate = gate;
        this.frameBytes = frameBytes;
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) {
        HttpContent message = ctx.getMessage();
        WebSocketConnection connection = webSocket.get(ctx.getConnection());
        if (connection != null) {
            connection.received(message.getContent());
            message.recycle();
            return ctx.getStopAction();
        }
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
        UpgradeResponse response = new TyrusUpgradeResponse();
        UpgradeInfo upgrade;
        try {
            RequestContext context = requestContext(request);
            OptionalInt refusal = refusal(request, context);
            if (refusal.isPresent()) {
                return Answers.refuse(ctx, request, refusal.getAsInt(), Map.of());
            }
            upgrade = engine.upgrade(context, response);
        } catch (IllegalArgumentException malformed) {
            return Answers.refuse(ctx, request, BAD_REQUEST, Map.of());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a handshake failed", e);
            return Answers.refuse(ctx, request, INTERNAL_ERROR, Map.of());
        }
        return switch (upgrade.getStatus()) {
            case SUCCESS -> accept(ctx, request, response, upgrade);
            case HANDSHAKE_FAILED -> Answers.refuse(ctx, request, response.getStatus(), response.getHeaders());
            case NOT_APPLICABLE -> ctx.getInvokeAction();
        };
    }

    private OptionalInt refusal(HttpRequestPacket request, RequestContext context) {
        HandshakeGate judge = gate.get();
        return judge == null
                ? OptionalInt.empty()
                : judge.refusal(new Handshake(
                        request.getRequestURI(),
                        context.getQueryString(),
                        Collections.unmodifiableMap(context.getHeaders()),
                        peer(request)));
    }

    private NextAction accept(
            FilterChainContext ctx, HttpRequestPacket request, UpgradeResponse response, UpgradeInfo upgrade) {
        TCPNIOConnection below = (TCPNIOConnection) ctx.getConnection();
        IdleConnections.exempt(below);
        Answers.upgrade(ctx, request, response.getStatus(), response.getHeaders());
        WebSocketConnection connection = new WebSocketConnection(below, timer, frameBytes);
        open.add(connection);
        webSocket.set(below, connection);
        connection.open(upgrade);
        if (!below.isOpen()) {
            ended(connection);
        }
        return ctx.getStopAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext ctx) {
        WebSocketConnection connection = webSocket.get(ctx.getConnection());
        if (connection != null) {
            ended(connection);
        }
        return ctx.getInvokeAction();
    }

    private void ended(WebSocketConnection connection) {
        open.remove(connection);
        connection.ended();
    }

    /** @throws IllegalArgumentException when the address is malformed; Tyrus would notice after its 101 */
    private static RequestContext requestContext(HttpRequestPacket request) {
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

    private static @Nullable InetSocketAddress peer(HttpRequestPacket request) {
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
