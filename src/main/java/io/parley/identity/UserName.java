package io.parley.identity;

import io.parley.text.Folding;
import io.parley.text.InvalidInput;
import io.parley.text.Lookalikes;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * What a user is called: one to 32 letters, digits and a few marks between them. Immutable.
 *
 * <p>Held in Unicode's NFKC form. Two names that differ only by case are the same name, and one that only looks like another is as good as
 * that one: {@link #folded()} and {@link #looks()} are what is compared.
 */
public record UserName(String value) {
    private static final int MOST_CHARACTERS = 32;
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0]+");
    // A colon would let a name forge the "NAME: TEXT" of the chat subprotocol; "*" and "!" begin its other lines.
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M} ._'-]*");

    public UserName {
        if (!isName(value)) {
            throw new IllegalArgumentException("not a user name in normal form");
        }
    }

    /**
     * Takes what somebody typed into the normal form.
     *
     * @throws InvalidInput when no name comes of it
     */
    public static UserName parse(String typed) {
        if (typed.length() > 4 * MOST_CHARACTERS) {
            throw InvalidInput.tooLong("name", MOST_CHARACTERS);
        }
        String normal = Normalizer.normalize(typed, Normalizer.Form.NFKC);
        normal = SPACES.matcher(normal).replaceAll(" ").strip();
        if (normal.codePointCount(0, normal.length()) > MOST_CHARACTERS) {
            throw InvalidInput.tooLong("name", MOST_CHARACTERS);
        }
        if (!FORM.matcher(normal).matches()) {
            throw new InvalidInput(
                    "name", "a name begins with a letter or digit and holds only letters, digits, spaces and . _ ' -");
        }
        if (Lookalikes.mixesScripts(normal)) {
            throw mixed(normal);
        }
        return new UserName(normal);
    }

    /** The form in which names are the same. */
    public String folded() {
        return Folding.fold(value);
    }

    /** The form in which names look the same. */
    public String looks() {
        return Lookalikes.looks(value);
    }

    /** The same name with a number behind it, for when it is taken. */
    UserName numbered(int number) {
        String end = "-" + number;
        int room = MOST_CHARACTERS - end.length();
        int kept = value.codePointCount(0, value.length()) <= room ? value.length() : value.offsetByCodePoints(0, room);
        return new UserName(value.substring(0, kept) + end);
    }

    private static InvalidInput mixed(String name) {
        String latin = Lookalikes.inLatin(name);
        String instead = Lookalikes.mixesScripts(latin) || latin.equals(name) || !isName(latin)
                ? ""
                : "; try \"" + latin + "\", which is all Latin";
        return new InvalidInput("name", "a name takes its letters from one of Latin, Greek and Cyrillic" + instead);
    }

    private static boolean isName(String value) {
        return FORM.matcher(value).matches() && value.codePointCount(0, value.length()) <= MOST_CHARACTERS;
    }

    @Override
    public String toString() {
        return value;
    }
}
