package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is in the filter is never denied, and most of what is not is. */
class KeyFilterTest {
    private static final int MOST_BYTES = 1 << 20;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void whatItWasGivenIsNeverDeniedHoweverFullItIs() {
        for (int keys : new int[] {1, 1_000, 100_000, 3_000_000}) {
            KeyFilter filter = KeyFilter.forKeys(keys, MOST_BYTES);
            long[] given = hashes(keys);
            LongStream.of(given).forEach(filter::add);
            assertEquals(keys, LongStream.of(given).filter(filter::mayHold).count(), "seed " + seed);
        }
    }

    @Test
    void aFullOneTakesFewStrangersForKnownAndAHalfFullOneNextToNone() {
        KeyFilter filter = KeyFilter.forKeys(200_000, MOST_BYTES);
        assertTrue(filter.capacity() >= 200_000, () -> "holds " + filter.capacity());
        LongStream.of(hashes((int) filter.capacity() / 2)).forEach(filter::add);
        assertTrue(strangersInAThousand(filter) <= 3, () -> "seed " + seed);
        LongStream.of(hashes((int) filter.capacity() / 2)).forEach(filter::add);
        assertTrue(strangersInAThousand(filter) <= 50, () -> "seed " + seed);
    }

    @Test
    void twoOfOneSizeBecomeOneAndOthersDoNot() {
        KeyFilter before = KeyFilter.forKeys(50_000, MOST_BYTES);
        KeyFilter after = before.emptyOfThisSize();
        long[] hashes = hashes(20_000);
        LongStream.of(hashes).limit(10_000).forEach(before::add);
        LongStream.of(hashes).skip(10_000).forEach(after::add);
        after.addAll(before);
        assertEquals(20_000, LongStream.of(hashes).filter(after::mayHold).count(), "seed " + seed);
        KeyFilter larger = KeyFilter.forKeys(100_000, MOST_BYTES);
        assertThrows(IllegalArgumentException.class, () -> larger.addAll(before));
    }

    @Test
    void itIsNeverLargerThanIsAllowed() {
        assertEquals(MOST_BYTES, KeyFilter.forKeys(Long.MAX_VALUE, MOST_BYTES).capacity());
    }

    private long strangersInAThousand(KeyFilter filter) {
        return LongStream.of(hashes(100_000)).filter(filter::mayHold).count() / 100;
    }

    private long[] hashes(int count) {
        return random.longs(count).toArray();
    }
}
