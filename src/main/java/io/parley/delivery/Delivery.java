package io.parley.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.access.Access;
import io.parley.access.Refusal;
import io.parley.config.Limits;
import io.parley.identity.Credentials;
import io.parley.identity.Identities;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.presence.Presence;
import io.parley.presence.Signals;
import io.parley.room.Committer;
import io.parley.room.ReadMarks;
import io.parley.room.RoomLog;
import io.parley.room.RoomName;
import io.parley.room.Rooms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Serves connections: gives each to a worker, and says goodbye to all of them at the end. Thread-safe. */
public final class Delivery {
    private static final Logger LOG = System.getLogger(Delivery.class.getName());
    private static final int LONGEST_RETRY_MILLIS = 5_000;

    private final Worker.Settings settings;
    private final Commands.Services services;
    private final Attendance inPerson;
    private final Leases leases;
    private final RandomGenerator random;
    private final List<Worker> workers = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong told = new AtomicLong();
    private final OpenConnections open = new OpenConnections();
    private final OpenConnections exchanges = new OpenConnections();
    private volatile boolean stopping;

    /** What delivery works with; all of it outlives it. */
    public record Collaborators(
            Rooms rooms,
            RoomLog log,
            Committer committer,
            Identities identities,
            Access access,
            Presence presence,
            Signals signals,
            ReadMarks marks,
            Executor readers,
            Executor closer) {}

    public Delivery(Collaborators with, Limits limits, int workerCount, RandomGenerator random, MeterRegistry meters) {
        this(with, limits, workerCount, random, meters, System::nanoTime, Worker.Turns.USUAL);
    }

    /**
     * @param nanoTime the clock of the workers and their connections, as {@link System#nanoTime}
     */
    Delivery(
            Collaborators with,
            Limits limits,
            int workerCount,
            RandomGenerator random,
            MeterRegistry meters,
            LongSupplier nanoTime,
            Worker.Turns turns) {
        this.random = random;
        this.inPerson = new InPerson(with.presence, with.signals);
        this.leases = new Leases(with.presence, nanoTime);
        this.services = new Commands.Services(
                with.rooms,
                with.log,
                with.committer,
                with.identities,
                with.access,
                with.presence,
                with.signals,
                with.marks,
                new Visitors(),
                new Directory(),
                new Lingering(nanoTime),
                with.readers,
                limits);
        this.settings = new Worker.Settings(
                limits,
                with.presence,
                with.signals,
                new CatchUp(with.log, with.readers, limits, meters),
                with.closer,
                turns,
                Counter.builder("parley.frames.sent")
                        .description("frames handed to transports")
                        .register(meters),
                Counter.builder("parley.bytes.sent")
                        .description("bytes handed to transports")
                        .register(meters),
                Counter.builder("parley.signals.sent")
                        .description("frames of signals: typing, read marks, names")
                        .register(meters),
                Counter.builder("parley.gaps")
                        .description("times that a client was so far behind that it skipped entries")
                        .register(meters));
        for (int number = 0; number < workerCount; number++) {
            workers.add(new Worker(number, settings, nanoTime));
        }
        Gauge.builder("parley.connections", open, OpenConnections::count)
                .description("connections that are open")
                .register(meters);
        Gauge.builder("parley.exchanges", exchanges, OpenConnections::count)
                .description("requests of doors without connections whose commands are under way")
                .register(meters);
        with.signals.listen(room -> workers.forEach(worker -> worker.execute(() -> worker.signalsMoved(room))));
        with.marks.listen((reader, room, seq) -> Signalling.marked(services, reader, room, seq));
        with.presence.listen(room -> workers.forEach(worker -> worker.execute(() -> worker.presenceMoved(room))));
    }

    public void start() {
        workers.forEach(Worker::start);
    }

    /** Who serves the connections; for who lets them take turns instead of starting them. */
    List<Worker> workers() {
        return List.copyOf(workers);
    }

    /** Takes in a client that has come by a transport in a subprotocol. Never blocks. */
    public Connection open(Transport transport, Subprotocol subprotocol, Opening opening) {
        return open(
                transport,
                subprotocol,
                subprotocol.open(opening),
                opening.credentials(),
                Manner.talk(inPerson, settings.limits()),
                unknown -> Optional.empty());
    }

    /**
     * Takes in a client that says what it wants by coming, and then only listens. Never blocks.
     *
     * @param dialogue asks for it by its opening
     */
    public Connection listen(
            Transport transport, Subprotocol subprotocol, Dialogue dialogue, Opening opening, Audience audience) {
        return open(
                transport,
                subprotocol,
                dialogue,
                opening.credentials(),
                audience.manner(leases),
                credentials -> admit(credentials, opening.remote()));
    }

    private Connection open(
            Transport transport,
            Subprotocol subprotocol,
            Dialogue dialogue,
            Credentials credentials,
            Manner manner,
            Function<Credentials, Optional<Refusal>> admission) {
        Connection connection = new Connection(
                transport,
                subprotocol,
                dialogue,
                credentials,
                manner,
                nextWorker(),
                settings,
                services,
                admission,
                open::closed);
        open.opened();
        connection.begin();
        return connection;
    }

    /**
     * Carries out the commands of somebody who does not stay. Never blocks.
     *
     * @param requests those of one body, in order; few, for the door that makes or reads them sees to that
     * @param replies told by a worker, or at once where no worker would take them up any more
     */
    public void exchange(Opening opening, List<Request> requests, Replies replies) {
        exchanges.opened();
        // After it was counted: the end waits for whoever has not seen it.
        if (stopping) {
            exchanges.closed();
            replies.refused(Refusal.unavailable());
            return;
        }
        new Exchange(
                        services,
                        nextWorker(),
                        opening.credentials(),
                        credentials -> admit(credentials, opening.remote()),
                        requests,
                        replies,
                        exchanges::closed)
                .begin();
    }

    /** Every request of nobody who is here or stored is a new guest: so many of one address may come as one user may write. Blocks. */
    private Optional<Refusal> admit(Credentials credentials, String remote) {
        return services.identities().isKnown(credentials)
                ? Optional.empty()
                : services.access().newcomer(remote);
    }

    private Worker nextWorker() {
        return workers.get(Math.floorMod(next.getAndIncrement(), workers.size()));
    }

    /** Tells a client that is not let in why, in its language, and closes. Never blocks. */
    public void turnAway(Transport transport, Subprotocol subprotocol, CloseReason reason) {
        Optional<byte[]> bye = subprotocol.encode(new Event.Bye(reason, reason.retryAfter()));
        if (bye.isPresent()) {
            transport.write(Frame.text(bye.get()), written -> settings.close(transport, reason));
        } else {
            settings.close(transport, reason);
        }
    }

    /** Tells those who have asked for the list of rooms what has changed in it since the last time. Never blocks. */
    public void announceRooms() {
        services.lingering().tidy();
        List<RoomName> opened = services.directory().take();
        if (opened.isEmpty()) {
            return;
        }
        Event.RoomsMoved moved = new Event.RoomsMoved(opened, List.of());
        Whispers.Key key = new Whispers.Key(Event.RoomsMoved.class, Long.toString(told.incrementAndGet()));
        for (Worker worker : workers) {
            worker.execute(() -> {
                Map<Subprotocol, Optional<byte[]>> lines = new HashMap<>();
                worker.connections()
                        .forEach(connection -> connection.roomsMoved(
                                key,
                                subprotocol -> lines.computeIfAbsent(subprotocol, speaks -> speaks.encode(moved))));
            });
        }
    }

    /** Ends the presence of those who have not asked for a minute. Never blocks. */
    public void endLeases() {
        leases.expire();
    }

    /** Says something to every client, in words for people. Never blocks. */
    public void announce(User from, String text) {
        Event.Notice notice = new Event.Notice(Optional.empty(), from, text);
        Whispers.Key key = new Whispers.Key(Event.Notice.class, Long.toString(told.incrementAndGet()));
        workers.forEach(worker ->
                worker.execute(() -> worker.connections().forEach(connection -> connection.notice(key, notice))));
    }

    /** Has a user's connections follow a room no longer, and tells them why. Never blocks. */
    public void expel(UserId user, RoomName room, String reason) {
        workers.forEach(worker -> worker.execute(() -> worker.connections().stream()
                .filter(connection -> connection.isOf(user))
                .forEach(connection -> connection.expel(room, reason))));
    }

    /** The rooms that somebody is in, and who; all of these are public. */
    public Map<RoomName, List<User>> present() {
        return services.presence().everywhere();
    }

    /** How many connections are open. */
    public int connections() {
        return open.count();
    }

    /**
     * Closes all connections of a user whose session was ended. Blocks until the workers have begun to.
     *
     * @return how many there were
     */
    public int cut(UserId user, CloseReason reason, Duration atMost) throws InterruptedException {
        AtomicInteger cut = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(workers.size());
        for (Worker worker : workers) {
            worker.execute(() -> {
                for (Connection connection : worker.connections()) {
                    if (connection.isOf(user)) {
                        connection.close(reason);
                        cut.incrementAndGet();
                    }
                }
                done.countDown();
            });
        }
        if (!done.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.log(Level.WARNING, "connections of somebody whose session was ended are still to be closed");
        }
        leases.end(user);
        return cut.get();
    }

    /**
     * Says goodbye: takes up no more exchanges, lets the workers hand out what is there, sends {@code bye} with a random time to come again, and closes.
     *
     * @param flush how long to wait for the workers
     * @param atMost how long to wait for clients to be gone
     */
    public void stop(CloseReason reason, Duration flush, Duration atMost) throws InterruptedException {
        stopping = true;
        CountDownLatch idle = new CountDownLatch(workers.size());
        workers.forEach(worker -> worker.whenIdle(idle::countDown));
        if (!idle.await(flush.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.log(Level.INFO, "some readers are behind at the end; they go on from their positions");
        }
        for (Worker worker : workers) {
            worker.execute(() -> worker.connections().forEach(connection -> connection.close(reason, retryAfter())));
        }
        open.awaitNone(atMost);
        exchanges.awaitNone(flush);
        services.lingering().end();
        workers.forEach(worker -> worker.stop(Duration.ofSeconds(1)));
    }

    private OptionalLong retryAfter() {
        return OptionalLong.of(random.nextInt(LONGEST_RETRY_MILLIS));
    }
}
