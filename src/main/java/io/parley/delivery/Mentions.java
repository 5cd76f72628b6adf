package io.parley.delivery;

import io.parley.identity.Identities;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.text.InvalidInput;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds whom a text calls by name: {@code @Ann}, {@code @Ann Lee}. Thread-safe.
 *
 * <p>A name may hold spaces, so the longest that somebody bears is taken: of as many words as are tried.
 */
final class Mentions {
    /** More people are not called, and more names not looked up; the text says what it says. */
    private static final int MOST_MENTIONS = 20;

    private static final int MOST_LOOK_UPS = 100;
    private static final int MOST_WORDS = 4;
    private static final int MOST_UNITS = 64;

    // Not within a word: an address such as ann@example.com calls nobody.
    private static final Pattern CALL = Pattern.compile("(?<![\\p{L}\\p{N}_.])@(?=[\\p{L}\\p{N}])");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}._'-]*");

    private final Identities identities;

    Mentions(Identities identities) {
        this.identities = identities;
    }

    /** Whether there is anything to be looked up. */
    static boolean areIn(String text) {
        return text.indexOf('@') >= 0;
    }

    /** Those who are called, in the order of the text. Blocks: for readers. */
    List<UserId> in(String text) {
        Set<UserId> called = new LinkedHashSet<>();
        int lookUps = 0;
        Matcher call = CALL.matcher(text);
        while (call.find() && called.size() < MOST_MENTIONS) {
            for (String name : names(text, call.end())) {
                if (++lookUps > MOST_LOOK_UPS) {
                    return List.copyOf(called);
                }
                Optional<UserId> bearer = bearer(name);
                if (bearer.isPresent()) {
                    called.add(bearer.get());
                    break;
                }
            }
        }
        return List.copyOf(called);
    }

    /** What may be meant as a name there, the longest first; a mark that ends a sentence belongs to none. */
    private static Set<String> names(String text, int start) {
        String[] words = new String[MOST_WORDS];
        int count = 0;
        Matcher word = WORD.matcher(text).region(start, Math.min(text.length(), start + MOST_UNITS));
        while (count < MOST_WORDS && word.lookingAt()) {
            words[count++] = text.substring(start, word.end());
            if (word.end() >= word.regionEnd() || text.charAt(word.end()) != ' ') {
                break;
            }
            word.region(word.end() + 1, word.regionEnd());
        }
        Set<String> names = new LinkedHashSet<>();
        for (int i = count - 1; i >= 0; i--) {
            names.add(words[i]);
            names.add(words[i].replaceFirst("[._'-]+$", ""));
        }
        return names;
    }

    private Optional<UserId> bearer(String name) {
        try {
            return identities.called(UserName.parse(name));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }
}
