package io.parley.store;

/**
 * Says of a hash that it is not in the table of keys, or that it may be: a Bloom filter, split into blocks. Confined to one thread at a
 * time.
 *
 * <p>Nearly every key that is looked up is new, and to learn that from the table reads a page for each. What the filter holds lies in
 * blocks of 256 bits, so that a look-up meets memory once; in a block a hash sets one bit of each of eight words (Putze, Sanders,
 * Singler: Cache-, Hash- and Space-Efficient Bloom Filters, 2007; with the multipliers of Apache Parquet's).
 *
 * <p>It never denies a hash that it was given. With sixteen bits for each it takes one stranger in a thousand for known, with eight three
 * in a hundred, and so on upwards: past its capacity it is of less use, and not wrong.
 */
final class KeyFilter {
    private static final int WORDS_IN_BLOCK = 8;
    private static final int BITS_OF_A_KEY_WHEN_FULL = 8;
    private static final int LEAST_BLOCKS = 1 << 4;

    private static final int[] SALTS = {
        0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
    };

    private final int[] words;
    private final int blocks;

    private KeyFilter(int blocks) {
        this.blocks = blocks;
        this.words = new int[blocks * WORDS_IN_BLOCK];
    }

    /** An empty one that is worth having for so many keys, if that many bytes are enough for it. */
    static KeyFilter forKeys(long keys, int mostBytes) {
        long wanted = keys / (WORDS_IN_BLOCK * Integer.SIZE / BITS_OF_A_KEY_WHEN_FULL) + 1;
        int most = mostBytes / (WORDS_IN_BLOCK * Integer.BYTES);
        return new KeyFilter((int) Math.min(most, Math.max(LEAST_BLOCKS, wanted)));
    }

    KeyFilter emptyOfThisSize() {
        return new KeyFilter(blocks);
    }

    /** For how many keys it is of full use. */
    long capacity() {
        return (long) words.length * Integer.SIZE / BITS_OF_A_KEY_WHEN_FULL;
    }

    void add(long hash) {
        int block = block(hash);
        for (int i = 0; i < WORDS_IN_BLOCK; i++) {
            words[block + i] |= bit(hash, i);
        }
    }

    boolean mayHold(long hash) {
        int block = block(hash);
        for (int i = 0; i < WORDS_IN_BLOCK; i++) {
            if ((words[block + i] & bit(hash, i)) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes in what another one of the same size was given. */
    void addAll(KeyFilter other) {
        if (other.blocks != blocks) {
            throw new IllegalArgumentException(other.blocks + " blocks into " + blocks);
        }
        for (int i = 0; i < words.length; i++) {
            words[i] |= other.words[i];
        }
    }

    /** The first word of the block that the hash's upper half, as a fraction, points to. */
    private int block(long hash) {
        return (int) (((hash >>> Integer.SIZE) * blocks) >>> Integer.SIZE) * WORDS_IN_BLOCK;
    }

    private static int bit(long hash, int word) {
        return 1 << (((int) hash * SALTS[word]) >>> 27);
    }
}
