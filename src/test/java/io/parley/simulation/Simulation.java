package io.parley.simulation;

import io.parley.config.Limits;
import io.parley.contract.Logbook;
import io.parley.delivery.SomeLimits;
import io.parley.room.InMemoryRoomLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * One schedule of a whole Parley without doors and disk: what happens, and in which order, follows from a seed alone.
 *
 * <p>Visitors come, talk, stall, go and come back; the log is slow and fails; the server stops, crashes and starts again. Everything that
 * anybody is shown is checked at once, and the rest when all has come to rest. Confined to one thread.
 */
public final class Simulation {
    static final String LATE_ROOM = "attic";
    static final List<String> ROOMS = List.of("lobby", "den", LATE_ROOM);
    private static final int STEPS = 300;
    private static final int MOST_STEPS_TO_REST = 100_000;
    private static final int MOST_ATTEMPTS = 2;
    private static final int MOST_POLLS = 400;
    private static final int STEPS_TO_SAY_GOODBYE = 40;

    private final long seed;
    private final Schedule schedule;
    private final SimulatedClock clock = new SimulatedClock();
    private final InMemoryRoomLog disk = new InMemoryRoomLog();
    private final Truth truth;
    private final Faults faults;
    private final Limits limits;
    private final Map<String, Post> posts = new LinkedHashMap<>();
    private final List<Visitor> visitors = new ArrayList<>();
    private final List<Poller> pollers = new ArrayList<>();
    private final List<Lane> outside = new ArrayList<>();
    private Server server;
    private int stepsToGoodbye;

    private Simulation(long seed) {
        this.seed = seed;
        schedule = new Schedule(seed);
        truth = new Truth(disk, schedule);
        faults = new Faults(schedule, schedule.oneOf(0, 0, 30, 100));
        limits = SomeLimits.withoutRates(
                "textLength", 16,
                "frameBytes", 1_024,
                "batchBytes", schedule.oneOf(512, 2_000, 64_000),
                "tailBytes", schedule.oneOf(1, 1_500, 6_000, 1_000_000),
                "groupEntries", schedule.oneOf(1, 3, 1_000),
                "queuedWrites", schedule.oneOf(1_000, 1_000, 10_000));
        Logbook book = new Logbook(disk);
        ROOMS.stream().filter(room -> !room.equals(LATE_ROOM)).forEach(book::open);
        server = new Server(schedule, faults, clock, disk, limits);
        int most = 2 + schedule.below(5);
        for (int i = 0; i < most; i++) {
            Visitor visitor = new Visitor("v" + i, schedule, truth, () -> server, posts);
            visitors.add(visitor);
            goOn(visitor.lane(schedule.oneOf(1, 2, 4)));
        }
        for (int i = schedule.below(3); i > 0; i--) {
            Poller poller = new Poller("p" + i, schedule, truth, () -> server);
            pollers.add(poller);
            goOn(poller.lane(schedule.oneOf(1, 2)));
        }
        goOn(new Lane("clock", 1, 1, () -> true, this::passTime));
        if (schedule.oneIn(2)) {
            goOn(new Lane("power", 1, 1, () -> !schedule.isInsidePause(), this::losePowerAtTimes));
        }
    }

    /** Runs a schedule; gives what did not hold, or nothing when all did. */
    public static String run(long seed) {
        return new Simulation(seed).run();
    }

    /** {@link #run} for who has loaded this class as a stranger. */
    public static LongFunction<String> runner() {
        return Simulation::run;
    }

    /** Runs a schedule; gives a number that tells it from others. */
    static long fingerprint(long seed) {
        Simulation simulation = new Simulation(seed);
        String unused = simulation.run();
        return simulation.schedule.fingerprint();
    }

    private String run() {
        LogWatch watch = new LogWatch(schedule);
        try {
            for (int i = 0; i < STEPS && holds(); i++) {
                schedule.step();
                startAgainIfDown();
            }
            comeToAnEnd();
        } catch (RuntimeException e) {
            schedule.violated("thrown: " + e + " at " + List.of(e.getStackTrace()));
        } finally {
            watch.close();
        }
        String violation = schedule.violation();
        return violation == null
                ? ""
                : "seed " + seed + ": " + violation + "\n  replay it with -Dsimulation.seed=" + seed;
    }

    private boolean holds() {
        return schedule.violation() == null;
    }

    private void goOn(Lane lane) {
        outside.add(lane);
        schedule.add(lane);
    }

    private void passTime() {
        clock.passMillis(schedule.oneOf(1, 10, 100, 1_100, 5_000));
        if (schedule.oneIn(40)) {
            clock.setWallBy(schedule.oneOf(-3_600_000, 3_600_000));
        }
        server.announce();
    }

    private void losePowerAtTimes() {
        if (!schedule.oneIn(6) || stepsToGoodbye > 0) {
            return;
        }
        if (schedule.oneIn(2)) {
            schedule.tell("the server is stopped");
            server.stop();
            pollers.forEach(Poller::dismiss);
            stepsToGoodbye = 1 + schedule.below(STEPS_TO_SAY_GOODBYE);
        } else {
            start();
        }
    }

    private void startAgainIfDown() {
        if (faults.takePowerLoss() || (stepsToGoodbye > 0 && --stepsToGoodbye == 0)) {
            start();
        }
    }

    private void start() {
        schedule.tell("the server is started again");
        stepsToGoodbye = 0;
        server.crash();
        pollers.forEach(Poller::lose);
        server = new Server(schedule, faults, clock, disk, limits);
    }

    /** Nothing goes wrong any more, and nobody does anything new: what was promised must now be there. */
    private void comeToAnEnd() {
        outside.forEach(schedule::remove);
        faults.cease();
        schedule.calmDown();
        if (stepsToGoodbye > 0 && holds()) {
            start();
        }
        server.stallNobody();
        rest();
        forEach(visitor -> {
            Link link = visitor.link();
            if (link != null) {
                link.checkAtRest(visitor.name());
            }
        });
        pollToTheEnd();
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            forEach(Visitor::come);
            rest();
            forEach(Visitor::resumeAll);
            forEach(Visitor::sendAgain);
            rest();
        }
        forEach(Visitor::checkDone);
        forEach(Visitor::checkViews);
        truth.check(posts);
        pollToTheEnd();
        pollers.forEach(Poller::giveUp);
        forEach(Visitor::hangUp);
        rest();
        if (holds()) {
            server.checkEmpty();
        }
    }

    /** Who has been answered asks again, until they wait; and they wait for nothing that is there. */
    private void pollToTheEnd() {
        for (int polls = 0; polls < MOST_POLLS && pollers.stream().anyMatch(poller -> !poller.isWaiting()); polls++) {
            pollers.forEach(Poller::ask);
            rest();
        }
        for (Poller poller : pollers) {
            schedule.require(!holds() || poller.isWaiting(), "there is no end of answers to a poller");
            poller.checkAtRest();
        }
    }

    /** Goes on until nothing is left to be done, not even by the next looks at the clock. */
    private void rest() {
        for (int seconds = 0; seconds < 3; seconds++) {
            long until = schedule.steps() + MOST_STEPS_TO_REST;
            boolean more = true;
            while (more && holds()) {
                more = schedule.step();
                schedule.require(schedule.steps() < until, "it never comes to rest");
            }
            clock.passMillis(1_100);
            server.announce();
        }
    }

    private void forEach(Consumer<Visitor> what) {
        if (holds()) {
            visitors.forEach(what);
        }
    }
}
