package io.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.contract.Logbook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One room object for a name, as long as anybody holds it. */
class RoomsTest {
    private static final RoomName DEN = new RoomName("den");

    private final InMemoryRoomLog log = new InMemoryRoomLog();
    private final Logbook book = new Logbook(log);
    private final Queue<Runnable> readings = new ArrayDeque<>();
    private final Rooms rooms = new Rooms(log, readings::add, new TailBudget(1_000_000));

    @Test
    void whoAsksWhileItIsReadGetsTheSameRoom() {
        book.open("den");
        CompletableFuture<Optional<Room>> first = acquire();
        CompletableFuture<Optional<Room>> second = acquire();
        assertEquals(1, readings.size());
        readAll();
        assertSame(first.join().orElseThrow(), second.join().orElseThrow());
        assertSame(first.join().orElseThrow(), acquire().join().orElseThrow());
        assertEquals(1, rooms.size());
    }

    @Test
    void whatNobodyHoldsIsForgotten() {
        book.open("den");
        Room room = acquired();
        rooms.hold(room);
        rooms.release(room);
        assertEquals(1, rooms.size());
        rooms.release(room);
        assertEquals(0, rooms.size());
        assertNotSame(room, acquired());
    }

    @Test
    void whatIsNotThereIsNotHeldAndFoundOnceItIsMade() {
        CompletableFuture<Optional<Room>> first = acquire();
        CompletableFuture<Optional<Room>> second = acquire();
        readAll();
        assertEquals(Optional.empty(), first.join());
        assertEquals(Optional.empty(), second.join());
        assertEquals(0, rooms.size());
        book.open("den");
        assertEquals(DEN, acquired().name());
    }

    @Test
    void aRoomThatIsMadeWhileItsAbsenceIsToldIsFound() {
        // Whoever hears that there is none makes it and asks again at once.
        CompletableFuture<Optional<Room>> found = acquire().thenCompose(none -> {
            book.open("den");
            return acquire();
        });
        readAll();
        assertEquals(DEN, found.join().orElseThrow().name());
    }

    @Test
    void aLogThatFailsHoldsNothing() {
        Rooms failing = new Rooms(new BrokenLog(), Runnable::run, new TailBudget(1));
        CompletableFuture<Optional<Room>> asked = failing.acquire(DEN).toCompletableFuture();
        assertTrue(asked.isCompletedExceptionally());
        assertEquals(0, failing.size());
    }

    @Test
    void readersThatTakeNoMoreHoldNothing() {
        Rooms full = new Rooms(
                log,
                reading -> {
                    throw new RejectedExecutionException("full");
                },
                new TailBudget(1));
        CompletableFuture<Optional<Room>> asked = full.acquire(DEN).toCompletableFuture();
        CompletionException failure = assertThrows(CompletionException.class, asked::join);
        assertTrue(failure.getCause() instanceof RejectedExecutionException);
        assertEquals(0, full.size());
    }

    @Test
    void threadsThatComeAndGoMeetInOneRoomAndLeaveNone() throws Exception {
        book.open("den");
        book.open("attic");
        long seed = new Random().nextLong();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Rooms busy = new Rooms(log, threads, new TailBudget(1));
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Random random = new Random(seed + i);
                done.add(threads.submit(() -> comeAndGo(busy, random)));
            }
            for (Future<?> each : done) {
                each.get(20, TimeUnit.SECONDS);
            }
            assertEquals(0, busy.size(), "seed " + seed);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void comeAndGo(Rooms rooms, Random random) {
        List<Room> held = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            if (held.isEmpty() || random.nextInt(3) > 0) {
                RoomName name = new RoomName(List.of("den", "attic", "nowhere").get(random.nextInt(3)));
                Optional<Room> room = rooms.acquire(name)
                        .toCompletableFuture()
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join();
                room.ifPresent(held::add);
                held.stream().filter(other -> other.name().equals(name)).forEach(other -> {
                    assertSame(room.orElseThrow(), other);
                });
            } else {
                rooms.release(held.remove(random.nextInt(held.size())));
            }
        }
        held.forEach(rooms::release);
    }

    private Room acquired() {
        CompletableFuture<Optional<Room>> asked = acquire();
        readAll();
        return asked.join().orElseThrow();
    }

    private CompletableFuture<Optional<Room>> acquire() {
        return rooms.acquire(DEN).toCompletableFuture();
    }

    private void readAll() {
        for (Runnable reading = readings.poll(); reading != null; reading = readings.poll()) {
            reading.run();
        }
    }
}
