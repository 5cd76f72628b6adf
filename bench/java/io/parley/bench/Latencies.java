package io.parley.bench;

import java.util.Arrays;

/** A histogram of durations, true to three percent. Confined to the generator's thread. */
final class Latencies {
    private static final int SUB_BITS = 5;
    private static final int SUBS = 1 << SUB_BITS;
    private static final long NANOS_IN_MICRO = 1_000;

    private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUBS];
    private long count;

    void record(long nanos) {
        counts[index(Math.max(0, nanos) / NANOS_IN_MICRO)]++;
        count++;
    }

    long count() {
        return count;
    }

    void clear() {
        Arrays.fill(counts, 0);
        count = 0;
    }

    /** The duration that the given share was not longer than, in milliseconds; NaN when nothing was recorded. */
    double millis(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return top(i) / 1_000.0;
            }
        }
        return Double.NaN;
    }

    private static int index(long micros) {
        if (micros < SUBS) {
            return (int) micros;
        }
        int shift = Long.SIZE - Long.numberOfLeadingZeros(micros) - SUB_BITS - 1;
        return ((shift + 1) << SUB_BITS) + (int) (micros >>> shift) - SUBS;
    }

    /** The longest that an index stands for, in microseconds. */
    private static long top(int index) {
        if (index < SUBS) {
            return index;
        }
        int shift = (index >> SUB_BITS) - 1;
        return (((long) (index & (SUBS - 1)) + SUBS + 1) << shift) - 1;
    }
}
