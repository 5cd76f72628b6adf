package io.parley;

import io.parley.access.HandshakePolicy;
import io.parley.access.Proxies;
import io.parley.access.Way;
import io.parley.config.Settings;
import io.parley.config.SettingsLoader;
import io.parley.config.StartFailure;
import io.parley.embedded.HandshakeGate;
import io.parley.embedded.Occupancy;
import io.parley.http.Entrance;
import io.parley.http.EntranceFilter;
import io.parley.http.ProxyFilter;
import io.parley.transport.api.ChannelFilter;
import io.parley.transport.api.DoServlet;
import io.parley.transport.api.HookServlet;
import io.parley.transport.api.RoomsServlet;
import io.parley.transport.events.EventsServlet;
import io.parley.transport.websocket.HandshakeFilter;
import io.parley.web.DateFilter;
import io.parley.web.GuestCookieFilter;
import io.parley.web.HealthServlet;
import io.parley.web.HostFilter;
import io.parley.web.MetricsServlet;
import io.parley.web.PageServlet;
import io.parley.web.SecurityHeadersFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Brings Parley up in a servlet container and takes it down again; the embedded server runs it just the same. Called by one thread at a
 * time.
 */
@WebListener
public final class ParleyListener implements ServletContextListener {
    /** The attribute of the servlet context that holds the listener once it is called. */
    static final String ATTRIBUTE = ParleyListener.class.getName();

    private static final Logger LOG = System.getLogger(ParleyListener.class.getName());

    private final @Nullable Settings given;
    private final Clock clock;
    private @Nullable Parley parley;

    /** For containers: settings come from the environment and from context parameters. */
    public ParleyListener() {
        this.given = null;
        this.clock = Clock.systemUTC();
    }

    /** For the embedded server. */
    ParleyListener(Settings settings) {
        this(settings, Clock.systemUTC());
    }

    /** The same, at another time. */
    ParleyListener(Settings settings, Clock clock) {
        this.given = settings;
        this.clock = clock;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        context.setAttribute(ATTRIBUTE, this);
        Settings settings = given;
        boolean loopbackOnly = settings != null && Hosts.isLoopback(settings.host());
        try {
            Parley started = Parley.start(
                    settings != null ? settings : SettingsLoader.load(context::getInitParameter), loopbackOnly, clock);
            parley = started;
            if (context.getAttribute(Occupancy.ATTRIBUTE) instanceof Occupancy server) {
                EmbeddedMeters.bind(server, started.meters());
            }
            registerFilters(context, started, clock);
            registerServlets(context, started);
            registerEndpoints(context, started);
        } catch (RuntimeException | Error e) {
            // A container shows the exception's own text first, which for a StartFailure is the line that helps;
            // embedded, the launcher prints it.
            end(event, e);
            throw e;
        }
    }

    /** Stops what runs; called again, does nothing. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Parley running = parley;
        parley = null;
        if (running != null) {
            running.stop();
            LOG.log(Level.INFO, "stopped");
        }
    }

    /** Whatever was in the way: what runs on would hold the folder, and every later deployment would find it in use. */
    private void end(ServletContextEvent event, Throwable failure) {
        try {
            contextDestroyed(event);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static void registerFilters(ServletContext context, Parley parley, Clock clock) {
        filter(context, "proxies", new ProxyFilter(parley.proxies()), "/*");
        filter(context, "date", new DateFilter(clock), "/*");
        filter(context, "headers", new SecurityHeadersFilter(), "/*");
        filter(context, "host", new HostFilter(parley.policy()), "/*");
        filter(context, "handshake", new HandshakeFilter(parley.policy()), "/*");
        filter(context, "guest", new GuestCookieFilter(parley.identities().tokens()), "/*");
        Entrance entrance = new Entrance(parley.policy());
        filter(context, "entrance", new EntranceFilter(entrance), "/api/*", "/hooks/*");
        filter(context, "channels", new ChannelFilter(entrance, parley.api(), parley.programs()), "/*");
        context.setAttribute(HandshakeGate.ATTRIBUTE, gate(parley.policy(), parley.proxies()));
    }

    private static void registerServlets(ServletContext context, Parley parley) {
        servlet(context, "page", new PageServlet(), "/");
        servlet(context, "events", new EventsServlet(parley.eventsDoor()), "/api/events");
        servlet(context, "do", new DoServlet(parley.api()), "/api/do");
        servlet(context, "hooks", new HookServlet(parley.api(), parley.programs()), "/hooks/*");
        servlet(context, "rooms", new RoomsServlet(parley.api()), "/api/rooms", "/api/rooms/*");
        servlet(context, "health", new HealthServlet(parley::unready), "/health/*");
        servlet(context, "metrics", new MetricsServlet(parley.meters()), "/metrics");
    }

    private static void registerEndpoints(ServletContext context, Parley parley) {
        if (!(context.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer container)) {
            throw new StartFailure("this container has no Jakarta WebSocket 2.1; Parley cannot run without it");
        }
        try {
            parley.webSocketDoor().register(container);
        } catch (DeploymentException e) {
            throw new StartFailure("this container takes no WebSocket endpoints: " + e.getMessage(), e);
        }
    }

    private static void filter(ServletContext context, String name, Filter filter, String... patterns) {
        FilterRegistration.Dynamic registration = context.addFilter("parley-" + name, filter);
        registration.setAsyncSupported(true);
        // Before all others: a container's own filter for upgrades must not come first.
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, patterns);
    }

    private static void servlet(ServletContext context, String name, Servlet servlet, String... mappings) {
        ServletRegistration.Dynamic registration = context.addServlet("parley-" + name, servlet);
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        registration.addMapping(mappings);
    }

    /** The policy for the embedded server, which upgrades without passing any filter. */
    private static HandshakeGate gate(HandshakePolicy policy, Proxies proxies) {
        return handshake -> {
            String host = header(handshake.headers(), "Host");
            Way way = proxies.way(
                    new Way(Hosts.literal(handshake.peer()), host, handshake.secure()),
                    name -> handshake.headers().getOrDefault(name, List.of()));
            Optional<HandshakePolicy.Denial> denial = policy.host(host)
                    .or(() -> policy.handshake(new HandshakePolicy.Asked(
                            way.host(), header(handshake.headers(), "Origin"), handshake.query(), way.secure())));
            return denial.isPresent() ? OptionalInt.of(denial.get().status()) : OptionalInt.empty();
        };
    }

    private static @Nullable String header(Map<String, List<String>> headers, String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}
