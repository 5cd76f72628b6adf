package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a room that is costly to serve is served again. */
class PauseTest {
    private static final long PASS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long PAUSE = 3 * PASS;

    private final AtomicLong time = new AtomicLong();

    @Test
    void afterALongPassTheNextBatchGathersAndOtherRoomsGoFirst() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates(), 1, time::get, 1)) {
            parlour.open("den");
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            ann.join("den");
            Guest bob = parlour.guest("Bob");
            ann.transport().atFrame(ann.transport().frames().size(), () -> time.addAndGet(PASS));
            bob.ask("{'do':'post','room':'lobby','text':'takes long'}");
            ann.awaitSeq("lobby", 1);

            bob.ask("{'do':'post','room':'lobby','text':'gathers'}");
            bob.ask("{'do':'post','room':'lobby','text':'with this'}");
            bob.ask("{'do':'post','room':'den','text':'goes first'}");
            ann.awaitSeq("den", 1);
            assertEquals(List.of(1L), ann.seqs("lobby"));
            int frames = ann.transport().frames().size();

            time.addAndGet(PAUSE);
            ann.awaitSeq("lobby", 3);
            assertEquals(frames + 1, ann.transport().frames().size());
        }
    }

    @Test
    void whatComesOneByOneIsShownAtOnceHoweverLongThePasses() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates(), 1, time::get, 1)) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            Guest bob = parlour.guest("Bob");
            // Until a pass and its pause are over, less than two entries come at that rate.
            time.addAndGet((PASS + PAUSE) * 2 / 3);
            ann.transport().atFrame(ann.transport().frames().size(), () -> time.addAndGet(PASS));
            bob.ask("{'do':'post','room':'lobby','text':'takes long'}");
            ann.awaitSeq("lobby", 1);
            bob.ask("{'do':'post','room':'lobby','text':'comes when it may'}");
            ann.awaitSeq("lobby", 2);
        }
    }

    @Test
    void whoIsServedQuicklyIsServedAtOnce() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates(), 1, time::get, 1)) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            Guest bob = parlour.guest("Bob");
            ann.transport().atFrame(ann.transport().frames().size(), () -> time.addAndGet(PASS / 20));
            for (int seq = 1; seq <= 3; seq++) {
                bob.ask("{'do':'post','room':'lobby','text':'hello'}");
                ann.awaitSeq("lobby", seq);
            }
        }
    }

    @Test
    void aFewAreServedAtOnceHoweverLongItTook() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates(), 1, time::get, 2)) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            Guest bob = parlour.guest("Bob");
            ann.transport().atFrame(ann.transport().frames().size(), () -> time.addAndGet(PASS));
            for (int seq = 1; seq <= 3; seq++) {
                bob.ask("{'do':'post','room':'lobby','text':'hello'}");
                ann.awaitSeq("lobby", seq);
            }
        }
    }
}
