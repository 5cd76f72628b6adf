package io.parley.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Hashes of keys that wait to be written, with the entries that they stand for, in buckets by the hash's first bits. Confined to whoever
 * has the turn to write.
 *
 * <p>A bucket lives in one stretch of the table that is ordered by hash.
 */
final class PendingKeys {
    static final int BUCKETS = 1 << 10;

    private static final int BUCKET_SHIFT = Long.SIZE - 10;
    private static final int FIRST_LENGTH = 16;
    private static final long[] EMPTY = {};

    /** Pairs of a hash and an entry. */
    private final long[][] pairs = new long[BUCKETS][];

    private final int[] lengths = new int[BUCKETS];
    private int size;

    PendingKeys() {
        clear();
    }

    int size() {
        return size;
    }

    void add(long hash, long entry) {
        int bucket = bucket(hash);
        int length = lengths[bucket];
        if (length == pairs[bucket].length) {
            pairs[bucket] = Arrays.copyOf(pairs[bucket], Math.max(FIRST_LENGTH, 2 * length));
        }
        pairs[bucket][length] = hash;
        pairs[bucket][length + 1] = entry;
        lengths[bucket] = length + 2;
        size++;
    }

    /** Tells every entry that waits under a hash. */
    void find(long hash, LongConsumer entry) {
        int bucket = bucket(hash);
        long[] held = pairs[bucket];
        for (int i = 0; i < lengths[bucket]; i += 2) {
            if (held[i] == hash) {
                entry.accept(held[i + 1]);
            }
        }
    }

    /** What waits in a bucket, in the order of hashes as the table has them. */
    List<Pair> sorted(int bucket) {
        List<Pair> sorted = new ArrayList<>(lengths[bucket] / 2);
        for (int i = 0; i < lengths[bucket]; i += 2) {
            sorted.add(new Pair(pairs[bucket][i], pairs[bucket][i + 1]));
        }
        Collections.sort(sorted);
        return sorted;
    }

    /** What waits in the bucket waits no more. */
    void forget(int bucket) {
        size -= lengths[bucket] / 2;
        lengths[bucket] = 0;
        pairs[bucket] = EMPTY;
    }

    void clear() {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            forget(bucket);
        }
    }

    private static int bucket(long hash) {
        return (int) (hash >>> BUCKET_SHIFT);
    }

    /** Immutable. */
    record Pair(long hash, long entry) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int byHash = Long.compare(hash, other.hash);
            return byHash != 0 ? byHash : Long.compare(entry, other.entry);
        }
    }
}
