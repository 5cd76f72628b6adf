package io.parley.bench;

import java.nio.charset.StandardCharsets;

/**
 * Makes the texts of posts, and knows one again: whose it is, which of theirs, when it was due. Confined to the generator's thread.
 *
 * <p>A text says all that is needed to find it missing, double or out of order: {@code #bench 0007 000000123 xxxx…}.
 */
final class Authors {
    static final int LEAST_TEXT_BYTES = 32;

    private static final byte[] MARK = "#bench ".getBytes(StandardCharsets.US_ASCII);
    private static final int AUTHOR_DIGITS = 4;
    private static final int NUMBER_DIGITS = 9;

    /** Posts that may be under way, of all authors together. */
    private static final int UNDER_WAY = 65_536;

    private final long[][] due;
    private final long[] posted;
    private final long[] shown;
    private final String padding;
    private final int mask;

    Authors(int authors, int textBytes) {
        if (textBytes < LEAST_TEXT_BYTES || authors >= 10_000) {
            throw new IllegalArgumentException(authors + " authors, texts of " + textBytes + " bytes");
        }
        mask = Math.max(16, Integer.highestOneBit(UNDER_WAY / authors)) - 1;
        due = new long[authors][];
        posted = new long[authors];
        shown = new long[authors];
        padding = "x".repeat(textBytes - MARK.length - AUTHOR_DIGITS - NUMBER_DIGITS - 2);
    }

    /** The next text of an author, which was to be sent at that time. */
    String next(int author, long dueNanos) {
        long[] times = due[author];
        if (times == null) {
            times = new long[mask + 1];
            due[author] = times;
        }
        if (posted[author] - shown[author] > mask) {
            throw new Broken("author " + author + " has " + (mask + 1) + " posts that nobody has seen");
        }
        long number = posted[author]++;
        times[(int) number & mask] = dueNanos;
        StringBuilder text = new StringBuilder(MARK.length + padding.length() + 16).append("#bench ");
        digits(text, author, AUTHOR_DIGITS).append(' ');
        return digits(text, number, NUMBER_DIGITS).append(' ').append(padding).toString();
    }

    /**
     * Takes a line that is the next of its room: of each author the texts must come in the order in which they were sent.
     *
     * @return when it was due
     */
    long show(byte[] line) {
        int at = find(line);
        int author = (int) number(line, at + MARK.length, AUTHOR_DIGITS);
        long number = number(line, at + MARK.length + AUTHOR_DIGITS + 1, NUMBER_DIGITS);
        if (author >= posted.length || number >= posted[author]) {
            throw new Broken("a message that nobody has sent: " + text(line));
        }
        if (number != shown[author]) {
            throw new Broken("%s: of author %d number %d was to come, not %d"
                    .formatted(number < shown[author] ? "doubled" : "gap", author, shown[author], number));
        }
        shown[author]++;
        return due[author][(int) number & mask];
    }

    private static int find(byte[] line) {
        for (int i = 0; i + LEAST_TEXT_BYTES - 1 <= line.length; i++) {
            if (line[i] == '#' && matches(line, i)) {
                return i;
            }
        }
        throw new Broken("a message that is none of ours: " + text(line));
    }

    private static boolean matches(byte[] line, int at) {
        for (int i = 0; i < MARK.length; i++) {
            if (line[at + i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] line, int at, int digits) {
        long number = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = line[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new Broken("a message with a damaged number: " + text(line));
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static StringBuilder digits(StringBuilder text, long number, int digits) {
        String plain = Long.toString(number);
        return text.append("0".repeat(digits - plain.length())).append(plain);
    }

    private static String text(byte[] line) {
        return new String(line, 0, Math.min(line.length, 200), StandardCharsets.UTF_8);
    }
}
