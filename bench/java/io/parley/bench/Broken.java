package io.parley.bench;

/** What was measured does not count: something was lost, doubled, out of order, refused, or took too long. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String why) {
        super(why);
    }

    Broken(String why, Throwable cause) {
        super(why, cause);
    }
}
