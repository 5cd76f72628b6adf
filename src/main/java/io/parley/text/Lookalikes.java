package io.parley.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which texts look the same, though their letters differ (Unicode UTS #39, §4 and §5). Stateless.
 *
 * <p>The table is that of Unicode, restricted to what a name can hold; {@code confusables.txt} beside this class names source and version.
 */
public final class Lookalikes {
    private static final String TABLE = "confusables.txt";
    private static final int HEX = 16;
    private static final Map<Integer, String> PROTOTYPES = load();

    /** The scripts whose letters are each other's doubles. */
    private static final Set<UnicodeScript> DOUBLES =
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.CYRILLIC);

    private Lookalikes() {}

    /** What a text looks like, whatever its letters and their case: texts that look the same have the same. Shown to nobody. */
    public static String looks(String text) {
        StringBuilder looks = new StringBuilder(text.length() + 8);
        decomposed(text).codePoints().forEach(letter -> {
            String prototype = PROTOTYPES.get(letter);
            if (prototype == null) {
                looks.appendCodePoint(letter);
            } else {
                looks.append(prototype);
            }
        });
        return Folding.fold(looks.toString());
    }

    /** Whether letters of Latin, Greek and Cyrillic stand side by side in a text. */
    public static boolean mixesScripts(String text) {
        Set<UnicodeScript> found = EnumSet.noneOf(UnicodeScript.class);
        text.codePoints().mapToObj(UnicodeScript::of).filter(DOUBLES::contains).forEach(found::add);
        return found.size() > 1;
    }

    /** A text with Latin letters in the place of those of Greek and Cyrillic that look like them. */
    public static String inLatin(String text) {
        StringBuilder latin = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> {
            UnicodeScript script = UnicodeScript.of(letter);
            String prototype =
                    script == UnicodeScript.LATIN || !DOUBLES.contains(script) ? null : PROTOTYPES.get(letter);
            if (prototype == null) {
                latin.appendCodePoint(letter);
            } else {
                latin.append(prototype);
            }
        });
        return latin.toString();
    }

    private static String decomposed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD);
    }

    private static Map<Integer, String> load() {
        try (InputStream in = Lookalikes.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException(TABLE + " is missing: compile with Maven");
            }
            Map<Integer, String> prototypes = new HashMap<>();
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> read(line, prototypes));
            return Map.copyOf(prototypes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One prototype, a semicolon, and code points or ranges of them, all in hexadecimal. */
    private static void read(String line, Map<Integer, String> prototypes) {
        int semicolon = line.indexOf(';');
        StringBuilder prototype = new StringBuilder();
        for (String letter : words(line.substring(0, semicolon))) {
            prototype.appendCodePoint(Integer.parseInt(letter, HEX));
        }
        for (String range : words(line.substring(semicolon + 1))) {
            int dots = range.indexOf("..");
            int first = Integer.parseInt(dots < 0 ? range : range.substring(0, dots), HEX);
            int last = dots < 0 ? first : Integer.parseInt(range.substring(dots + 2), HEX);
            for (int letter = first; letter <= last; letter++) {
                prototypes.put(letter, prototype.toString());
            }
        }
    }

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split(" ", -1);
    }
}
