package io.parley.embedded;

import io.parley.config.Settings;
import io.parley.config.StartFailure;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.servlet.FilterMap;
import org.glassfish.grizzly.servlet.FilterRegistration;
import org.glassfish.grizzly.servlet.WebappContext;
import org.jspecify.annotations.Nullable;

/**
 * Grizzly with Tyrus on one port: servlets, filters and WebSocket endpoints, at the root.
 *
 * <p>Runs one application, by the same {@link ServletContextListener} that a container would call, on one address and no other.
 * All of its threads are daemons. Thread-safe.
 */
public final class EmbeddedServer implements Occupancy {

    /** How many times as long as a silent connection may stay, a short body may be on its way. */
    private static final int BODY_PATIENCES = 2;

    private final HttpServer server;
    private final NetworkListener listener;
    private final Context context;
    private final Application application;
    private final TyrusContainer webSockets;
    private final Live<WebSocketConnection> open = new Live<>();
    private final Live<Connection<?>> requests = new Live<>();
    private final IdleConnections idle;
    private final AcceptFilter doorway;
    private final BodyBudget bodies;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private EmbeddedServer(Settings settings, ServletContextListener listener, Duration patience) {
        application = new Application(listener);
        idle = new IdleConnections(patience);
        // The servlet context makes a class loader of its folder: one that does not exist, lest it be the working
        // directory.
        context = new Context(settings.data().resolve("no-web-root"));
        // Before those of the application, which may themselves begin asynchrony.
        FilterRegistration asynchrony = context.addFilter("asynchrony", new AsyncFilter());
        asynchrony.setAsyncSupported(true);
        asynchrony.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        context.addListener(application);
        webSockets = new TyrusContainer(settings.limits().frameBytes() + Wiring.READ_BYTES * 2);
        context.setAttribute(ServerContainer.class.getName(), webSockets);
        int frameBytes = settings.limits().frameBytes();
        doorway = new AcceptFilter(settings.limits(), settings.proxies());
        bodies = new BodyBudget(settings.limits().bodyBytes());
        context.setAttribute(Occupancy.ATTRIBUTE, this);
        FramesFilter frames =
                new FramesFilter(open, doorway, idle, webSockets.getScheduledExecutorService(), frameBytes);
        WebSocketFilter filter = new WebSocketFilter(webSockets.getWebSocketEngine(), frames, this::gate);
        server = new HttpServer();
        this.listener = Wiring.listener(
                settings, doorway, new BodyFilter(bodies, patience.multipliedBy(BODY_PATIENCES)), filter, frames, idle);
        Wiring.configure(server.getServerConfiguration(), new RequestProbe(requests));
        server.addListener(this.listener);
    }

    /**
     * Initialises the application, then binds and serves it; blocks until both are done.
     *
     * @throws StartFailure when the address cannot be bound, or as the application threw it
     */
    public static EmbeddedServer start(Settings settings, ServletContextListener application) {
        return start(settings, application, IdleConnections.PATIENCE);
    }

    static EmbeddedServer start(Settings settings, ServletContextListener application, Duration patience) {
        BindFailures.rehearse(settings.host(), settings.port());
        EmbeddedServer started = new EmbeddedServer(settings, application, patience);
        try {
            started.deploy();
            started.bind(settings);
            return started;
        } catch (RuntimeException | Error e) {
            started.stop(Duration.ZERO);
            throw e;
        }
    }

    /** The address that the server is bound to. */
    public InetSocketAddress address() {
        return Wiring.boundAddress(listener);
    }

    /** The port that the server is bound to, picked if it was to be. */
    public int port() {
        return listener.getPort();
    }

    @Override
    public int httpConnections() {
        return doorway.plain();
    }

    @Override
    public long refusedConnections() {
        return doorway.refused();
    }

    @Override
    public long bodyBytes() {
        return bodies.used();
    }

    @Override
    public long refusedBodies() {
        return bodies.refused();
    }

    /**
     * Stops: takes no new connection, destroys the application, lets WebSockets and requests end, then cuts off what is left.
     * Blocks for at most {@code patience} after the application is destroyed.
     */
    public void stop(Duration patience) {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        listener.getTransport().unbindAll();
        application.destroy();
        open.all().forEach(webSocket -> webSocket.close(new CloseReason(CloseCodes.GOING_AWAY, "server stops")));
        open.awaitNone(Duration.ofNanos(deadline - System.nanoTime()));
        requests.awaitNone(Duration.ofNanos(deadline - System.nanoTime()));
        context.undeploy();
        server.shutdownNow();
        idle.stop();
        webSockets.stop();
    }

    private @Nullable HandshakeGate gate() {
        return (HandshakeGate) context.getAttribute(HandshakeGate.ATTRIBUTE);
    }

    private void deploy() {
        context.deploy(server);
        application.rethrow();
        if (!context.isDeployed()) {
            throw new IllegalStateException("a servlet or filter cannot be initialised; the log above says why");
        }
        try {
            webSockets.start("", 0);
        } catch (IOException | DeploymentException e) {
            throw new IllegalStateException("an endpoint cannot be deployed", e);
        }
        webSockets.doneDeployment();
    }

    private void bind(Settings settings) {
        try {
            idle.start();
            server.start();
        } catch (IOException e) {
            throw BindFailures.explain(settings.host(), settings.port(), e);
        }
    }

    /** Grizzly's servlet context, which says whether it came up: {@code deploy} logs a failure and returns. */
    private static final class Context extends WebappContext {
        Context(Path folder) {
            super("Parley", "", folder.toString());
        }

        boolean isDeployed() {
            return deployed;
        }

        /** Filters run in the order in which they were registered, as elsewhere; Grizzly turns it around for those that come before others. */
        @Override
        protected void addFilterMap(FilterMap mapping, boolean isMatchAfter) {
            super.addFilterMap(mapping, true);
        }
    }
}
