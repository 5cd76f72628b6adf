package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.access.Access;
import io.parley.config.Limits;
import io.parley.delivery.FakeTransport.Ending;
import io.parley.identity.Credentials;
import io.parley.identity.Identities;
import io.parley.identity.UserId;
import io.parley.presence.Presence;
import io.parley.presence.Signals;
import io.parley.room.Committer;
import io.parley.room.InMemoryRoomLog;
import io.parley.room.ReadMarks;
import io.parley.room.RoomName;
import io.parley.room.Rooms;
import io.parley.room.TailBudget;
import io.parley.room.Write;
import io.parley.room.Written;
import io.parley.subprotocol.chat.Chat;
import io.parley.subprotocol.superchat.Superchat;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A whole Parley but for its doors and its disk. Confined to the test's thread, but for what production code does.
 *
 * <p>Closing it tells whether every transport was used as it must be.
 */
final class Parlour implements AutoCloseable {
    private static final UserId NOBODY = new UserId("nobody");

    final InMemoryRoomLog log = new InMemoryRoomLog();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ExecutorService readers = Executors.newFixedThreadPool(2);
    final ExecutorService closers = Executors.newFixedThreadPool(2);
    final ExecutorService elsewhere = Executors.newFixedThreadPool(2);
    final Presence presence;
    final AtomicLong nanoTime = new AtomicLong();
    final Signals signals;
    final ReadMarks marks;
    final Committer committer;
    final Rooms rooms;
    final Identities identities;
    final Delivery delivery;
    final TailBudget tails;
    private final Subprotocol superchat;
    private final Subprotocol chat;
    private final List<FakeTransport> transports = new CopyOnWriteArrayList<>();
    private boolean stopped;

    Parlour() {
        this(SomeLimits.withoutRates());
    }

    Parlour(Limits limits) {
        this(limits, 2);
    }

    Parlour(Limits limits, int workers) {
        this(limits, workers, System::nanoTime, 1_000);
    }

    /**
     * @param workersTime the clock of the workers
     * @param crowd from how many readers on a room may be paused
     */
    Parlour(Limits limits, int workers, LongSupplier workersTime, int crowd) {
        superchat = new Superchat(limits, new ServerInfo("Parley", "0", "test"));
        chat = new Chat(limits);
        presence = new Presence(limits.presenceList());
        committer = new Committer(log, limits, Clock.systemUTC(), meters);
        tails = new TailBudget(limits.tailBytes());
        rooms = new Rooms(log, readers, tails);
        signals = new Signals(limits.presenceList(), nanoTime::get);
        marks = new ReadMarks(log, committer, limits, meters);
        identities = new Identities(log.users(committer::submit), true, Clock.systemUTC(), new SecureRandom());
        Delivery.Collaborators with = new Delivery.Collaborators(
                rooms, log, committer, identities, new Access(limits), presence, signals, marks, readers, closers);
        delivery =
                new Delivery(with, limits, workers, new Random(1), meters, workersTime, new Worker.Turns(256, crowd));
        committer.start();
        delivery.start();
        open("lobby");
    }

    /** Makes a public room. */
    void open(String room) {
        Written unused = committer
                .submit(new Write.Open(NOBODY, new RoomName(room)))
                .toCompletableFuture()
                .join();
    }

    /** Somebody who comes and says nothing yet. */
    Guest guest(Ending ending) {
        return guest(ending, superchat);
    }

    /** Somebody whose subprotocol has a bug. */
    Guest stumbling(String over) {
        return guest(Ending.AT_ONCE, new Stumbling(superchat, over));
    }

    /** Somebody who comes and is welcomed, under a name that is still free. */
    Guest guest(String name) {
        Guest guest = guest(Ending.AT_ONCE);
        String given = guest.ask("{'do':'hello','name':'" + name + "'}")
                .getJsonObject("ok")
                .getJsonObject("you")
                .getString("name");
        assertEquals(name, given);
        return guest;
    }

    /** Somebody who talks {@code chat}, in the lobby unless they ask for another room. */
    Chatter chatter(Optional<String> room, String name) {
        FakeTransport transport = transport(Ending.AT_ONCE);
        Connection connection = delivery.open(transport, chat, opening(room, Optional.of(name)));
        transport.belongsTo(connection);
        return new Chatter(transport, connection);
    }

    private Guest guest(Ending ending, Subprotocol subprotocol) {
        FakeTransport transport = transport(ending);
        Connection connection = delivery.open(transport, subprotocol, opening(Optional.empty(), Optional.empty()));
        transport.belongsTo(connection);
        return new Guest(transport, connection);
    }

    private FakeTransport transport(Ending ending) {
        FakeTransport transport = new FakeTransport(ending, elsewhere);
        transports.add(transport);
        return transport;
    }

    /** Waits until everybody is gone, and everything that was held for them is let go. */
    void awaitEmpty() {
        Await.until("no connection is open", () -> delivery.connections() == 0);
        Await.until("nobody is here", () -> identities.active() == 0);
        Await.until("nobody's marks are kept", () -> marks.size() == 0);
        Await.until("no room is held", () -> rooms.size() == 0);
        assertEquals(0, tails.used(), "memory of tails");
        for (String room : List.of("lobby", "den", "attic")) {
            assertEquals(0, presence.in(new RoomName(room)).count(), "present in " + room);
        }
    }

    /** What transports were asked and must not be. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        transports.forEach(transport -> faults.addAll(transport.faults()));
        return faults;
    }

    /** Ends as the program does: the writes first, then everybody is told. */
    void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        committer.close(Await.PATIENCE);
        try {
            delivery.stop(CloseReason.GOING_AWAY, Duration.ofSeconds(1), Await.PATIENCE);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted at the end", e);
        }
    }

    @Override
    public void close() {
        stop();
        List.of(readers, closers, elsewhere).forEach(ExecutorService::shutdownNow);
        assertEquals(List.of(), faults());
    }

    private static Opening opening(Optional<String> room, Optional<String> name) {
        return new Opening(new Credentials(Optional.empty(), Optional.empty(), name), room, "somewhere");
    }
}
