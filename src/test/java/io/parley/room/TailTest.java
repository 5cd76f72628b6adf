package io.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.contract.Logbook;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The ring of a room's newest entries. */
class TailTest {
    private final Tail tail = new Tail();

    @Test
    void anEmptyTailCoversNothing() {
        assertFalse(tail.covers(0));
        assertEquals(0, tail.weight());
        assertEquals(0, tail.dropOlderHalf());
        assertEquals(0, tail.clear());
    }

    @Test
    void itHoldsWhatWasAddedAndNothingBeforeIt() {
        add(8, 9, 10);
        assertFalse(tail.covers(6));
        assertTrue(tail.covers(7));
        assertEquals(List.of(8L, 9L, 10L), between(7, 10));
        assertEquals(List.of(9L), between(8, 9));
        assertEquals(List.of(10L), between(9, 1_000));
        assertEquals(List.of(), between(10, 10));
    }

    @Test
    void whatLiesBeforeAHoleIsDropped() {
        add(1, 2, 3);
        long freed = tail.weight();
        add(5);
        assertFalse(tail.covers(3));
        assertTrue(tail.covers(4));
        assertEquals(List.of(5L), between(4, 9));
        assertTrue(tail.weight() < freed);
    }

    @Test
    void itGrowsAndShrinksByTheWeightOfItsEntries() {
        LongStream.rangeClosed(100, 1_099).forEach(this::add);
        assertEquals(LongStream.rangeClosed(100, 1_099).boxed().toList(), between(99, 2_000));
        long before = tail.weight();
        long freed = tail.dropOlderHalf();
        assertEquals(before - freed, tail.weight());
        assertEquals(LongStream.rangeClosed(600, 1_099).boxed().toList(), between(599, 2_000));
        assertFalse(tail.covers(598));
        assertEquals(tail.weight(), tail.clear());
        assertFalse(tail.covers(1_099));
        add(1_100);
        assertEquals(List.of(1_100L), between(1_099, 1_100));
    }

    @Test
    void halvingAgainAndAgainEmptiesIt() {
        add(1, 2, 3);
        while (tail.dropOlderHalf() > 0) {
            assertTrue(tail.weight() >= 0);
        }
        assertEquals(0, tail.weight());
        assertFalse(tail.covers(3));
    }

    @Test
    void itIsAlwaysTheEndOfWhatWasAdded() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long head = random.nextInt(50);
        long newest = 0;
        for (int i = 0; i < 20_000; i++) {
            switch (random.nextInt(40)) {
                case 0 -> tail.dropOlderHalf();
                case 1 -> tail.clear();
                case 2 -> head += random.nextInt(20);
                default -> {
                    add(++head);
                    newest = head;
                }
            }
            long after = Math.max(0, head - random.nextInt(60));
            if (tail.covers(after)) {
                assertEquals(
                        LongStream.rangeClosed(after + 1, newest).boxed().toList(),
                        between(after, head),
                        "seed " + seed);
            }
        }
    }

    private void add(long... seqs) {
        for (long seq : seqs) {
            tail.add(entry(seq, "text " + seq));
        }
    }

    private List<Long> between(long after, long upTo) {
        return tail.between(after, upTo).stream()
                .map(entry -> entry.entry().seq())
                .toList();
    }

    static TailEntry entry(long seq, String text) {
        return new TailEntry(RoomName.LOBBY, message(seq, text));
    }

    static Entry message(long seq, String text) {
        return new Entry.Message(seq, Logbook.NOON, Logbook.guest("Ann"), Content.plain(text), Optional.empty());
    }
}
