package io.parley.text;

import java.text.Normalizer;
import java.util.Locale;

/** The form in which names are compared: NFKC and case folded. Stateless. */
public final class Folding {
    private static final int ASCII_END = 0x80;

    private Folding() {}

    /** Folds a text; what is folded already stays as it is. */
    public static String fold(String text) {
        // What almost every name is; a room's is folded with each command.
        if (text.chars().allMatch(unit -> unit < ASCII_END)) {
            return text.toLowerCase(Locale.ROOT);
        }
        // Twice: the capital sharp s is its own upper case, and only its lower case has two letters for one.
        return once(once(text));
    }

    private static String once(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return Normalizer.normalize(normal.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }
}
