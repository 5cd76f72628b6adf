package io.parley.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ids of a text's normative sentences, held against those that tests name. Immutable.
 *
 * @param text Markdown with {@code <a id="log-seq"></a>} before each sentence
 * @param tests which tests name which id
 * @param beingBuilt ids that have no test yet and need none; each goes from here with its first test
 */
record Sentences(String text, Map<String, Set<String>> tests, Set<String> beingBuilt) {
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]*)\"></a>");
    private static final int EXCERPT_CHARACTERS = 60;

    /** What does not fit, a line each; empty when all does. */
    List<String> complaints() {
        Map<String, List<String>> places = places();
        List<String> complaints = new ArrayList<>();
        places.forEach((id, where) -> {
            if (where.size() > 1) {
                complaints.add("an id that is there twice: " + id + ": " + String.join("; ", where));
            }
            if (!tests.containsKey(id) && !beingBuilt.contains(id)) {
                complaints.add("an id without a test: " + id + ": " + where.get(0));
            }
            if (tests.containsKey(id) && beingBuilt.contains(id)) {
                complaints.add("an id that has a test and is listed as being built: " + id + ": " + tests.get(id));
            }
        });
        tests.forEach((id, who) -> {
            if (!places.containsKey(id)) {
                complaints.add("a test with an unknown id: " + id + ": " + String.join(", ", who));
            }
        });
        Set<String> gone = new LinkedHashSet<>(beingBuilt);
        gone.removeAll(places.keySet());
        gone.forEach(id -> complaints.add("an unknown id that is listed as being built: " + id));
        return complaints.stream().sorted().toList();
    }

    /** The ids, and for each the line that it is in and how its sentence begins. */
    Map<String, List<String>> places() {
        Map<String, List<String>> places = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher anchor = ANCHOR.matcher(lines.get(i));
            while (anchor.find()) {
                String where = "line " + (i + 1) + ", " + excerpt(lines.get(i).substring(anchor.end()));
                places.merge(
                        anchor.group(1),
                        List.of(where),
                        (some, more) ->
                                Stream.of(some, more).flatMap(List::stream).toList());
            }
        }
        return places;
    }

    private static String excerpt(String sentence) {
        String plain = ANCHOR.matcher(sentence).replaceAll("");
        return plain.length() <= EXCERPT_CHARACTERS ? plain : plain.substring(0, EXCERPT_CHARACTERS) + "…";
    }
}
