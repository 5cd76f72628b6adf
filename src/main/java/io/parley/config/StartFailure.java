package io.parley.config;

/**
 * Parley cannot start, for a reason that its operator can mend.
 *
 * <p>The message is one line for people: what is wrong, where it was set, what is allowed.
 */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String line;

    /** @param line what is wrong; control characters in it are replaced */
    public StartFailure(String line) {
        super(oneLine(line));
        this.line = oneLine(line);
    }

    /** @param line what is wrong; control characters in it are replaced */
    public StartFailure(String line, Throwable cause) {
        super(oneLine(line), cause);
        this.line = oneLine(line);
    }

    /** What is wrong, in one line. */
    public String line() {
        return line;
    }

    private static String oneLine(String line) {
        return line.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "\uFFFD");
    }
}
