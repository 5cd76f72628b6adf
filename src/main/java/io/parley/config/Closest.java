package io.parley.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name somebody meant. Stateless. */
final class Closest {

    private static final int MOST_EDITS = 3;

    private Closest() {}

    /** The known name that is fewest edits away, by letters and digits alone; empty when all are far. */
    static Optional<String> to(String written, Collection<String> known) {
        String bare = bare(written);
        return known.stream()
                .min(Comparator.comparingInt(name -> edits(bare, bare(name))))
                .filter(name -> edits(bare, bare(name)) <= MOST_EDITS);
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Levenshtein's distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
