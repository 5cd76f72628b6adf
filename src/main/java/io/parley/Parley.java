package io.parley;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.access.Access;
import io.parley.access.ConnectionQuota;
import io.parley.access.HandshakePolicy;
import io.parley.access.Proxies;
import io.parley.cli.AnnounceCommand;
import io.parley.cli.BackupCommand;
import io.parley.cli.ControlSocket;
import io.parley.cli.DeleteCommand;
import io.parley.cli.DropCommand;
import io.parley.cli.ExpelCommand;
import io.parley.cli.IssueCommand;
import io.parley.cli.PassesCommand;
import io.parley.cli.RevokeCommand;
import io.parley.cli.RoomsCommand;
import io.parley.cli.SendCommand;
import io.parley.cli.ServerCommand;
import io.parley.cli.StatsCommand;
import io.parley.config.Limits;
import io.parley.config.Settings;
import io.parley.config.StartFailure;
import io.parley.delivery.CloseReason;
import io.parley.delivery.Delivery;
import io.parley.delivery.ServerInfo;
import io.parley.hooks.OutgoingHooks;
import io.parley.http.AnswerMeter;
import io.parley.identity.Identities;
import io.parley.identity.Passes;
import io.parley.identity.UserId;
import io.parley.presence.Presence;
import io.parley.presence.Signals;
import io.parley.room.Committer;
import io.parley.room.ReadMarks;
import io.parley.room.RoomLog;
import io.parley.room.RoomLogException;
import io.parley.room.RoomName;
import io.parley.room.Rooms;
import io.parley.room.TailBudget;
import io.parley.room.Write;
import io.parley.room.Written;
import io.parley.store.SqliteStore;
import io.parley.subprotocol.chat.Chat;
import io.parley.subprotocol.superchat.Superchat;
import io.parley.transport.api.ApiDoor;
import io.parley.transport.api.Programs;
import io.parley.transport.events.EventsDoor;
import io.parley.transport.websocket.WebSocketDoor;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/**
 * One running Parley: builds every service, starts them in order and stops them in the order reversed. Thread-safe.
 *
 * <p>The order of the end: no new connection, no new write, the committer's last groups, what is being sent, goodbye, the workers, the
 * store.
 */
public final class Parley {
    private static final Duration ANNOUNCE_PRESENCE = Duration.ofMillis(100);
    private static final Duration ANNOUNCE_SIGNALS = Duration.ofMillis(250);
    private static final Duration ANNOUNCE_ROOMS = Duration.ofMillis(500);
    private static final Duration END_LEASES = Duration.ofSeconds(1);
    private static final Duration FLUSH_MARKS = Duration.ofMillis(500);
    private static final Duration FLUSH_HOOKS = Duration.ofMillis(500);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final Duration FINISH_WRITES = Duration.ofMillis(1_500);
    private static final Duration FLUSH = Duration.ofMillis(500);
    private static final Duration GOODBYE = Duration.ofSeconds(1);
    private static final UserId NOBODY = new UserId("parley");

    private final PrometheusMeterRegistry meters;
    private final Threads threads;
    private final SqliteStore store;
    private final Committer committer;
    private final ReadMarks marks;
    private final OutgoingHooks hooks;
    private final Identities identities;
    private final Delivery delivery;
    private final HandshakePolicy policy;
    private final Proxies proxies;
    private final WebSocketDoor webSocketDoor;
    private final EventsDoor eventsDoor;
    private final ApiDoor api;
    private final Programs programs;
    private final List<ServerCommand> commands;
    private volatile Optional<ControlSocket> control = Optional.empty();
    private volatile boolean stopping;

    /** What has to be ended even when nothing can be built on it. */
    private record Ground(PrometheusMeterRegistry meters, Threads threads, SqliteStore store) {
        void end() {
            threads.stop(FLUSH);
            store.close();
            meters.close();
        }
    }

    private Parley(Settings settings, boolean loopbackOnly, Ground ground, Clock clock, SecureRandom random) {
        meters = ground.meters;
        threads = ground.threads;
        store = ground.store;
        Limits limits = settings.limits();
        RoomLog log = store.roomLog();
        committer = new Committer(log, limits, clock, meters);
        identities = new Identities(store.userStore(committer::submit), settings.guests(), clock, random);
        Passes passes = new Passes(store.passStore(committer::submit), identities, random);
        TailBudget tails = new TailBudget(limits.tailBytes());
        Rooms rooms = new Rooms(log, threads.readers, tails);
        Presence presence = new Presence(limits.presenceList());
        Signals signals = new Signals(limits.presenceList(), System::nanoTime);
        marks = new ReadMarks(log, committer, limits, meters);
        ConnectionQuota quota = new ConnectionQuota(limits);
        proxies = new Proxies(settings.proxies());
        policy = new HandshakePolicy(settings.origins(), settings.hosts(), loopbackOnly);
        delivery = new Delivery(
                new Delivery.Collaborators(
                        rooms,
                        log,
                        committer,
                        identities,
                        new Access(limits),
                        presence,
                        signals,
                        marks,
                        threads.readers,
                        threads.closers),
                limits,
                Runtime.getRuntime().availableProcessors(),
                random,
                meters);
        ServerInfo info = new ServerInfo(
                "Parley", Version.current(), UUID.randomUUID().toString().substring(0, 8));
        Superchat superchat = new Superchat(limits, info);
        eventsDoor = new EventsDoor(delivery, superchat, quota, limits, threads.timer, meters);
        hooks = hooks(settings, rooms, log, superchat, info, clock, random);
        programs = new Programs(passes, threads.readers);
        api = new ApiDoor(delivery, superchat, superchat, limits, new AnswerMeter(meters));
        webSocketDoor = new WebSocketDoor(
                delivery, policy, proxies, quota, limits, threads.pingers, List.of(new Chat(limits), superchat));
        threads.every(ANNOUNCE_PRESENCE, presence::announce);
        threads.every(ANNOUNCE_SIGNALS, signals::announce);
        threads.every(ANNOUNCE_ROOMS, delivery::announceRooms);
        threads.every(END_LEASES, delivery::endLeases);
        threads.every(FLUSH_MARKS, marks::flush);
        threads.every(FLUSH_HOOKS, hooks::flush);
        threads.every(TRY_AGAIN, this::tryAgain);
        measure(rooms, tails, signals);
        commands = commands(rooms, presence, passes);
    }

    /**
     * Opens the store and starts everything. Blocks.
     *
     * @param loopbackOnly whether the server is bound to loopback, so that no other name can be meant for it
     * @param clock what time it is for people; what has to be waited for goes by {@link System#nanoTime}, which nobody sets back
     * @throws StartFailure when something that the operator can mend is in the way
     */
    public static Parley start(Settings settings, boolean loopbackOnly, Clock clock) {
        try {
            Parley parley = build(settings, loopbackOnly, clock);
            try {
                parley.begin(settings);
                return parley;
            } catch (RuntimeException | Error e) {
                undo(parley::stop, e);
                throw e;
            }
        } catch (RoomLogException e) {
            String why = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
            throw new StartFailure(
                    "parley.data: the store in " + settings.data() + " fails: " + e.getMessage() + why, e);
        }
    }

    /** All services, on a store that is closed again unless all can be built: until then its folder is nobody else's. */
    private static Parley build(Settings settings, boolean loopbackOnly, Clock clock) {
        SecureRandom random = new SecureRandom();
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Threads threads = new Threads(meters);
        SqliteStore store = SqliteStore.open(settings.data(), clock, random, Threads.readerThreads());
        Ground ground = new Ground(meters, threads, store);
        try {
            return new Parley(settings, loopbackOnly, ground, clock, random);
        } catch (RuntimeException | Error e) {
            undo(ground::end, e);
            throw e;
        }
    }

    private static void undo(Runnable end, Throwable failure) {
        try {
            end.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void begin(Settings settings) {
        committer.start();
        delivery.start();
        Written lobby = committer
                .submit(new Write.Open(NOBODY, RoomName.LOBBY))
                .toCompletableFuture()
                .join();
        if (!(lobby instanceof Written.Opened)) {
            throw new StartFailure("the store in " + settings.data() + " takes no writes; the log above says why");
        }
        hooks.start(store.outgoingHooks());
        control = ControlSocket.open(settings.data(), commands);
    }

    /** Stops everything in order; takes a few seconds at most. */
    public void stop() {
        stopping = true;
        try {
            control.ifPresent(ControlSocket::close);
            eventsDoor.close();
            hooks.close();
            hooks.flush();
            marks.flush();
            committer.close(FINISH_WRITES);
            delivery.stop(CloseReason.GOING_AWAY, FLUSH, GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            new Ground(meters, threads, store).end();
        }
    }

    /** Why no traffic should come here now; empty when it may. */
    public Optional<String> unready() {
        if (stopping) {
            return Optional.of("stopping");
        }
        return committer.isAvailable() ? Optional.empty() : Optional.of("the store takes no writes");
    }

    public PrometheusMeterRegistry meters() {
        return meters;
    }

    public Identities identities() {
        return identities;
    }

    /** Which requests may come in at all. */
    public HandshakePolicy policy() {
        return policy;
    }

    /** Who is believed about clients. */
    public Proxies proxies() {
        return proxies;
    }

    public ApiDoor api() {
        return api;
    }

    public Programs programs() {
        return programs;
    }

    public WebSocketDoor webSocketDoor() {
        return webSocketDoor;
    }

    public EventsDoor eventsDoor() {
        return eventsDoor;
    }

    /** A node that is out of service gets no writes by which it could find out that the store is well again: so it makes one. */
    private void tryAgain() {
        if (!committer.isAvailable()) {
            committer.submit(new Write.Probe());
        }
    }

    private OutgoingHooks hooks(
            Settings settings,
            Rooms rooms,
            RoomLog log,
            Superchat superchat,
            ServerInfo info,
            Clock clock,
            SecureRandom random) {
        return new OutgoingHooks(
                new OutgoingHooks.Collaborators(
                        rooms,
                        log,
                        committer::submit,
                        superchat,
                        threads.readers,
                        threads.posters,
                        threads.retriers,
                        threads.timer),
                settings.hookTargets(),
                info.name() + "/" + info.version(),
                clock,
                random,
                meters);
    }

    private List<ServerCommand> commands(Rooms rooms, Presence presence, Passes passes) {
        return List.of(
                new BackupCommand(store),
                new RoomsCommand(store, presence),
                new DeleteCommand(rooms, committer),
                new DropCommand(identities, delivery),
                new ExpelCommand(identities, delivery),
                new AnnounceCommand(delivery),
                new StatsCommand(store, this::stats),
                IssueCommand.ofTokens(passes),
                PassesCommand.ofTokens(passes),
                RevokeCommand.ofTokens(passes, identities, delivery),
                IssueCommand.ofHooks(passes),
                new SendCommand(hooks),
                PassesCommand.ofHooks(passes, hooks),
                RevokeCommand.ofHooks(passes, identities, delivery, hooks));
    }

    private Map<String, Object> stats() {
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("version", Version.current());
        stats.put("ready", unready().map(why -> "no: " + why).orElse("yes"));
        stats.put("connections", delivery.connections());
        stats.put("here", identities.active());
        return stats;
    }

    private void measure(Rooms rooms, TailBudget tails, Signals signals) {
        gauge("parley.rooms", "rooms in memory", rooms, Rooms::size);
        gauge("parley.users", "people who are here", identities, Identities::active);
        gauge("parley.signals.rooms", "rooms in which signals passed lately", signals, Signals::rooms);
        gauge("parley.tail.bytes", "memory taken by the newest entries of all rooms", tails, TailBudget::used);
        gauge(
                "parley.ready",
                "1 while this node takes traffic",
                this,
                parley -> parley.unready().isEmpty() ? 1 : 0);
        for (var binder : List.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new ProcessorMetrics())) {
            binder.bindTo(meters);
        }
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).description(description).register(meters);
    }
}
