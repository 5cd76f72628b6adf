package io.parley.identity;

import io.parley.text.InvalidInput;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a user is called: one to 32 letters, digits and a few marks between them. Immutable.
 *
 * <p>Held in Unicode's NFKC form. Two names that differ only by case are the same name; {@link #folded()} is what is compared.
 */
public record UserName(String value) {
    private static final int MOST_CHARACTERS = 32;
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0]+");
    // A colon would let a name forge the "NAME: TEXT" of the chat subprotocol; "*" and "!" begin its other lines.
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M} ._'-]*");

    public UserName {
        if (!FORM.matcher(value).matches() || value.codePointCount(0, value.length()) > MOST_CHARACTERS) {
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
        return new UserName(normal);
    }

    /** The form in which names are compared. */
    public String folded() {
        return Normalizer.normalize(value.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }

    @Override
    public String toString() {
        return value;
    }
}
