package io.parley.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Groups of entries with random rooms, authors and keys, the same ones for the same seed. Confined to one trial. */
final class TrialGroups {
    private static final int TEXTS = 1_024;

    private final TrialOptions options;
    private final SplittableRandom random;
    private final List<String> texts = new ArrayList<>();

    TrialGroups(TrialOptions options) {
        this.options = options;
        this.random = new SplittableRandom(options.seed());
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < options.textLength()) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            texts.add(text.toString());
        }
    }

    /** An entry that has no place yet. {@code room} and {@code author} begin at 1. */
    record Post(int room, int author, long keyHigh, long keyLow, long hash, String text) {
        byte[] key() {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(keyHigh)
                    .putLong(keyLow)
                    .array();
        }
    }

    /** By room and then author, as the committer hands them over. */
    List<Post> next() {
        List<Post> posts = new ArrayList<>(options.group());
        for (int i = 0; i < options.group(); i++) {
            posts.add(new Post(
                    1 + random.nextInt(options.rooms()),
                    1 + random.nextInt(options.authors()),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    texts.get(random.nextInt(TEXTS))));
        }
        posts.sort(Comparator.comparingInt(Post::room).thenComparingInt(Post::author));
        return posts;
    }
}
