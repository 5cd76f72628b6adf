package io.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.contract.Logbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The memory that all tails share. */
class TailBudgetTest {
    private static final Room.Listener DEAF = room -> {};
    private static final int WEIGHT = TailTest.message(1, "x").weight();

    private final TailBudget budget = new TailBudget(100L * WEIGHT);

    @Test
    void aRoomThatNobodyFollowsKeepsNothing() {
        Room room = room("den");
        publish(room, 10);
        assertEquals(0, budget.used());
        assertEquals(10, room.head());
        assertTrue(room.tailBetween(0, 10).isEmpty());
    }

    @Test
    void whatTailsTakeIsCountedAndGivenBack() {
        Room room = room("den");
        room.listen(DEAF);
        publish(room, 10);
        assertEquals(10L * WEIGHT, budget.used());
        room.unlisten(DEAF);
        assertEquals(0, budget.used());
    }

    @Test
    void theRoomReadLongestAgoGivesFirst() {
        Room cold = room("cold");
        Room warm = room("warm");
        List.of(cold, warm).forEach(room -> room.listen(DEAF));
        publish(cold, 60);
        publish(warm, 30);
        cold.tailBetween(0, 1);
        warm.tailBetween(0, 1);
        publish(warm, 20);
        assertTrue(budget.used() <= 100L * WEIGHT);
        assertTrue(warm.tailBetween(0, 50).isPresent(), "what is read is kept");
        assertFalse(cold.tailBetween(0, 60).isPresent(), "the older half has gone");
        assertTrue(cold.tailBetween(59, 60).isPresent(), "the newest are kept");
    }

    @Test
    void aQuietRoomShieldsNobodyFromGiving() {
        Room quiet = room("quiet");
        Room loud = room("loud");
        List.of(quiet, loud).forEach(room -> room.listen(DEAF));
        for (int i = 0; i < 50; i++) {
            publish(loud, 10);
            loud.tailBetween(loud.head() - 1, loud.head());
            assertTrue(budget.used() <= 100L * WEIGHT, "used " + budget.used());
        }
    }

    @Test
    void oneRoomAloneStaysWithinTheBudget() {
        Room room = room("den");
        room.listen(DEAF);
        publish(room, 1_000);
        assertTrue(budget.used() <= 100L * WEIGHT);
        assertTrue(room.tailBetween(999, 1_000).isPresent());
    }

    @Test
    void nothingStaysCountedWhateverThreadsDo() throws Exception {
        long seed = new Random().nextLong();
        List<Room> rooms = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rooms.add(room("room" + i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            // One thread publishes, as the committer does; the others come and go.
            done.add(threads.submit(() -> publishToAny(rooms, new Random(seed))));
            for (int i = 1; i < 4; i++) {
                Random random = new Random(seed + i);
                Room.Listener own = room -> {};
                done.add(threads.submit(() -> comeAndGo(rooms, own, random)));
            }
            for (Future<?> each : done) {
                each.get(20, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(0, budget.used(), "seed " + seed);
        assertEquals(0, budget.rooms(), "seed " + seed);
    }

    private static void publishToAny(List<Room> rooms, Random random) {
        for (int i = 0; i < 20_000; i++) {
            publish(rooms.get(random.nextInt(rooms.size())), 1);
        }
    }

    private static void comeAndGo(List<Room> rooms, Room.Listener own, Random random) {
        for (int i = 0; i < 20_000; i++) {
            Room room = rooms.get(random.nextInt(rooms.size()));
            room.listen(own);
            room.tailBetween(room.head() - 1, room.head());
            room.unlisten(own);
        }
    }

    private Room room(String name) {
        return new Room(new Logbook(new InMemoryRoomLog()).open(name), budget);
    }

    private static void publish(Room room, int count) {
        for (int i = 0; i < count; i++) {
            room.publish(List.of(TailTest.message(room.head() + 1, "x")));
        }
    }
}
