package io.parley.transport.events;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.access.Access;
import io.parley.access.ConnectionQuota;
import io.parley.access.HandshakePolicy;
import io.parley.config.Limits;
import io.parley.config.Settings;
import io.parley.delivery.Delivery;
import io.parley.delivery.ServerInfo;
import io.parley.embedded.EmbeddedServer;
import io.parley.http.Entrance;
import io.parley.http.EntranceFilter;
import io.parley.identity.Identities;
import io.parley.presence.Presence;
import io.parley.presence.Signals;
import io.parley.room.Committer;
import io.parley.room.InMemoryRoomLog;
import io.parley.room.ReadMarks;
import io.parley.room.Rooms;
import io.parley.room.TailBudget;
import io.parley.subprotocol.superchat.Superchat;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The door of events alone, over a log in memory. Closed by whoever started it. */
final class EventsApplication implements ServletContextListener, AutoCloseable {
    final ConnectionQuota quota;
    private final Limits limits = Limits.defaults();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final EventsDoor door;
    private final Filter before;
    private final EmbeddedServer server;

    /** @param before what requests pass on their way to the door */
    EventsApplication(Filter before) {
        this.before = before;
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        InMemoryRoomLog log = new InMemoryRoomLog();
        Committer committer = new Committer(log, limits, Clock.systemUTC(), meters);
        Delivery delivery = new Delivery(
                new Delivery.Collaborators(
                        new Rooms(log, threads, new TailBudget(limits.tailBytes())),
                        log,
                        committer,
                        new Identities(log.users(committer::submit), true, Clock.systemUTC(), new SecureRandom()),
                        new Access(limits),
                        new Presence(limits.presenceList()),
                        new Signals(limits.presenceList(), System::nanoTime),
                        new ReadMarks(log, committer, limits, meters),
                        threads,
                        threads),
                limits,
                1,
                new Random(1),
                meters);
        quota = new ConnectionQuota(limits);
        Superchat superchat = new Superchat(limits, new ServerInfo("Parley", "0", "test"));
        door = new EventsDoor(delivery, superchat, quota, limits, threads, meters);
        server = EmbeddedServer.start(
                new Settings("127.0.0.1", 0, Path.of("target"), true, Set.of(), Set.of(), limits), this);
    }

    int port() {
        return server.port();
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Entrance entrance = new Entrance(new HandshakePolicy(Set.of(), Set.of(), true));
        filter(context, "entrance", new EntranceFilter(entrance));
        filter(context, "before", before);
        ServletRegistration.Dynamic servlet = context.addServlet("events", new EventsServlet(door));
        servlet.setAsyncSupported(true);
        servlet.addMapping("/api/events");
    }

    private static void filter(ServletContext context, String name, Filter filter) {
        var added = context.addFilter(name, filter);
        added.setAsyncSupported(true);
        added.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    @Override
    public void close() {
        server.stop(Duration.ofSeconds(1));
        threads.shutdownNow();
    }
}
