package io.parley.room;

import io.parley.text.Folding;
import io.parley.text.InvalidInput;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The name of a room, after NFKC and case folding (protocol §1), ordered by code points as stores do. Immutable. */
public record RoomName(String value) implements Comparable<RoomName> {
    private static final int MOST_TYPED = 256;
    private static final int MOST = 64;
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}");

    /** The room that is always there. */
    public static final RoomName LOBBY = new RoomName("lobby");

    public RoomName {
        if (!hasForm(value)) {
            throw new IllegalArgumentException("not a room name in normal form");
        }
    }

    /**
     * Takes what somebody typed into the normal form.
     *
     * @throws InvalidInput when no room name comes of it
     */
    public static RoomName parse(String typed) {
        String normal = typed.length() > MOST_TYPED ? "" : Folding.fold(typed.strip());
        if (!hasForm(normal)) {
            throw new InvalidInput(
                    "room", "a room's name has 1 to 64 letters, digits and . _ -, and begins with a letter or digit");
        }
        return new RoomName(normal);
    }

    private static boolean hasForm(String name) {
        return isPlain(name) || FORM.matcher(name).matches();
    }

    /** What almost every name is: a name comes with each command, and the pattern is slow. */
    private static boolean isPlain(String name) {
        if (name.isEmpty() || name.length() > MOST || !isPlainLetterOrDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char unit = name.charAt(i);
            if (!isPlainLetterOrDigit(unit) && unit != '.' && unit != '_' && unit != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainLetterOrDigit(char unit) {
        return (unit >= 'a' && unit <= 'z') || (unit >= '0' && unit <= '9');
    }

    @Override
    public int compareTo(RoomName other) {
        return Arrays.compare(
                value.codePoints().toArray(), other.value.codePoints().toArray());
    }

    @Override
    public String toString() {
        return value;
    }
}
