package io.parley.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.access.Access;
import io.parley.config.Limits;
import io.parley.delivery.CloseReason;
import io.parley.delivery.Connection;
import io.parley.delivery.Delivery;
import io.parley.delivery.Opening;
import io.parley.delivery.ServerInfo;
import io.parley.delivery.SteppedDelivery;
import io.parley.identity.Credentials;
import io.parley.identity.Identities;
import io.parley.presence.Presence;
import io.parley.presence.Signals;
import io.parley.room.InMemoryRoomLog;
import io.parley.room.ReadMarks;
import io.parley.room.RoomLog;
import io.parley.room.RoomName;
import io.parley.room.Rooms;
import io.parley.room.SteppedCommitter;
import io.parley.room.TailBudget;
import io.parley.subprotocol.superchat.Superchat;
import io.parley.transport.events.SimulatedPoll;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One life of the production core, from start to crash. Confined to the simulation's thread.
 *
 * <p>Each of its threads is a lane of the schedule. The log and the secrets are the only things that outlive it.
 */
final class Server {
    private static final int READERS = 2;
    private static final int CLOSERS = 2;

    private final Schedule schedule;
    private final SimulatedClock clock;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Visit> visits = new ArrayList<>();
    private final Presence presence;
    private final SteppedCommitter committer;
    private final Rooms rooms;
    private final TailBudget tails;
    private final Identities identities;
    private final SteppedDelivery delivery;
    private final Superchat superchat;
    private final Limits limits;

    Server(Schedule schedule, Faults faults, SimulatedClock clock, InMemoryRoomLog disk, Limits limits) {
        this.schedule = schedule;
        this.clock = clock;
        this.limits = limits;
        RoomLog log = SimulatedLog.over(disk, schedule, faults);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Pool readers = new Pool(schedule, READERS);
        Pool closers = new Pool(schedule, CLOSERS);
        int workers = 1 + schedule.below(3);
        superchat = new Superchat(limits, new ServerInfo("Parley", "0", "simulated"));
        presence = new Presence(limits.presenceList());
        committer = new SteppedCommitter(log, limits, clock, meters);
        tails = new TailBudget(limits.tailBytes());
        rooms = new Rooms(log, readers, tails);
        SeededSecrets secrets = new SeededSecrets(schedule.random().nextLong());
        identities = new Identities(disk.users(committer.committer()::submit), true, clock, secrets);
        Signals signals = new Signals(limits.presenceList(), clock::nanoTime);
        ReadMarks marks = new ReadMarks(log, committer.committer(), limits, meters);
        delivery = new SteppedDelivery(
                new Delivery.Collaborators(
                        rooms,
                        log,
                        committer.committer(),
                        identities,
                        new Access(limits),
                        presence,
                        signals,
                        marks,
                        readers,
                        closers),
                limits,
                workers,
                schedule.random(),
                meters,
                clock::nanoTime);
        add(new Lane("committer", weight(), 1, committer::isReady, committer::step));
        add(readers.lane("reader", weight()));
        add(closers.lane("closer", weight()));
        for (int i = 0; i < workers; i++) {
            int worker = i;
            add(new Lane("worker " + worker, weight(), 1, () -> delivery.isReady(worker), () -> delivery.step(worker)));
        }
    }

    /** Lets somebody in by a socket. */
    Connection open(String visitor, SimulatedTransport transport) {
        Connection connection = delivery.delivery()
                .open(
                        transport,
                        superchat,
                        new Opening(
                                new Credentials(Optional.empty(), Optional.empty(), Optional.empty()),
                                Optional.empty(),
                                visitor));
        transport.belongsTo(connection);
        visits.add(new Visit(transport, connection));
        add(transport.lane("a write to " + visitor + " ends", weight()));
        return connection;
    }

    /** Lets somebody poll. */
    void poll(SimulatedPoll poll, String at) {
        poll.begin(delivery.delivery(), superchat, at, limits);
    }

    /** Writing may take a while. */
    void writes() {
        if (schedule.oneIn(10)) {
            clock.passMillis(1 + schedule.below(5));
        }
    }

    /** What the timer does. */
    void announce() {
        presence.announce();
    }

    /** Ends as the program does: takes no more writes, and says goodbye to all. */
    void stop() {
        committer.close();
        visits.forEach(visit -> visit.connection.close(CloseReason.GOING_AWAY));
    }

    /** Ends as the machine does. */
    void crash() {
        lanes.forEach(schedule::remove);
        visits.forEach(visit -> visit.transport.cut());
    }

    /** Everybody reads again. */
    void stallNobody() {
        visits.forEach(visit -> visit.transport.stall(false));
    }

    /** Whether nothing is held for anybody, when everybody is gone. */
    void checkEmpty() {
        schedule.require(
                delivery.delivery().connections() == 0,
                "connections left: " + delivery.delivery().connections());
        schedule.require(identities.active() == 0, "users left: " + identities.active());
        schedule.require(rooms.size() == 0, "rooms left: " + rooms.size());
        schedule.require(tails.used() == 0, "memory of tails left: " + tails.used());
        for (String room : Simulation.ROOMS) {
            schedule.require(presence.in(new RoomName(room)).count() == 0, "somebody is left in " + room);
        }
    }

    private void add(Lane lane) {
        lanes.add(lane);
        schedule.add(lane);
    }

    /** Some threads are slow, others fast, in each life otherwise. */
    private int weight() {
        return schedule.oneOf(1, 2, 4, 8);
    }

    private record Visit(SimulatedTransport transport, Connection connection) {}
}
