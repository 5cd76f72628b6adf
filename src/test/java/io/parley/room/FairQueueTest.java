package io.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.contract.Logbook;
import io.parley.identity.User;
import io.parley.identity.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private static final int ANY_WEIGHT = 1_000_000;

    private final FairQueue queue = new FairQueue(100);
    private final Room lobby = room("lobby");
    private final Room den = room("den");

    @Test
    void anAuthorsWritesToOneRoomKeepTheirOrder() throws Exception {
        offer(lobby, "Ann", "1", "2", "3");
        assertEquals(List.of("1", "2", "3"), take(10));
    }

    @Test
    void aLoudAuthorTakesTurnsWithTheOthersInTheRoom() throws Exception {
        offer(lobby, "Loud", IntStream.range(0, 50).mapToObj(i -> "loud").toArray(String[]::new));
        offer(lobby, "Ann", "a1", "a2");
        offer(lobby, "Ben", "b1");
        assertEquals(List.of("loud", "a1", "b1", "loud", "a2", "loud"), take(6));
    }

    @Test
    void aBusyRoomTakesTurnsWithTheOthers() throws Exception {
        for (int author = 0; author < 20; author++) {
            offer(lobby, "Author" + author, "busy");
        }
        offer(den, "Ann", "d1", "d2");
        assertEquals(List.of("busy", "d1", "busy", "d2", "busy"), take(5));
    }

    @Test
    void whatConcernsNoRoomTakesTurnsWithTheRooms() throws Exception {
        offer(lobby, "Loud", "l1", "l2", "l3");
        assertTrue(queue.offer(new PendingWrite(new Write.Touch(new UserId("somebody")))));
        assertEquals(List.of("l1", "Touch", "l2", "l3"), take(4));
    }

    @Test
    void whoComesBackWaitsTheirTurnAgain() throws Exception {
        offer(lobby, "Ann", "a1");
        offer(lobby, "Ben", "b1", "b2");
        assertEquals(List.of("a1"), take(1));
        offer(lobby, "Ann", "a2");
        assertEquals(List.of("b1", "a2", "b2"), take(10));
    }

    @Test
    void aGroupIsNotHeavierThanAsked() throws Exception {
        offer(lobby, "Ann", "x", "x", "x");
        int each = new PendingWrite(append(lobby, Logbook.guest("Ann"), "x")).weight();
        assertEquals(2, queue.take(10, 3 * each - 1).size());
        assertEquals(1, queue.take(10, 3 * each - 1).size());
    }

    @Test
    void oneWriteIsGivenHoweverHeavy() throws Exception {
        offer(lobby, "Ann", "x".repeat(1_000), "y");
        assertEquals(1, queue.take(10, 1).size());
        assertEquals(1, queue.size());
    }

    @Test
    void aFullQueueTakesNothingMore() throws Exception {
        FairQueue small = new FairQueue(2);
        assertTrue(small.offer(write()));
        assertTrue(small.offer(write()));
        assertFalse(small.offer(write()));
        assertEquals(1, small.take(1, ANY_WEIGHT).size());
        assertTrue(small.offer(write()));
        assertFalse(small.offer(write()));
    }

    @Test
    void aClosedQueueTakesNothingAndGivesWhatIsLeft() throws Exception {
        offer(lobby, "Ann", "left");
        queue.close();
        assertFalse(queue.offer(write()));
        assertEquals(List.of("left"), take(10));
        assertEquals(List.of(), take(10));
    }

    @Test
    void whoWaitsIsWokenByAWriteAndByClosing() throws Exception {
        for (boolean closing : new boolean[] {false, true}) {
            FairQueue empty = new FairQueue(1);
            CompletableFuture<Integer> taken = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    taken.complete(empty.take(10, ANY_WEIGHT).size());
                } catch (InterruptedException e) {
                    taken.completeExceptionally(e);
                }
            });
            waiting.start();
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            if (closing) {
                empty.close();
            } else {
                assertTrue(empty.offer(write()));
            }
            assertEquals(closing ? 0 : 1, taken.get());
        }
    }

    private void offer(Room room, String author, String... texts) {
        for (String text : texts) {
            assertTrue(queue.offer(new PendingWrite(append(room, Logbook.guest(author), text))));
        }
    }

    private List<String> take(int most) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (PendingWrite pending : queue.take(most, ANY_WEIGHT)) {
            taken.add(
                    pending.write() instanceof Write.Append append
                            ? append.content().text()
                            : pending.write().getClass().getSimpleName());
        }
        return taken;
    }

    private static PendingWrite write() {
        return new PendingWrite(new Write.Touch(new UserId("somebody")));
    }

    private static Write.Append append(Room room, User author, String text) {
        return new Write.Append(room, author, Optional.empty(), Content.plain(text), Optional.empty());
    }

    private static Room room(String name) {
        RoomInfo info = new RoomInfo(
                new RoomId(name.hashCode()),
                new RoomName(name),
                RoomKind.PUBLIC,
                "",
                new Epoch("e"),
                1,
                0,
                0,
                Instant.EPOCH);
        return new Room(info, new TailBudget(1_000));
    }
}
