package io.parley.text;

/**
 * Somebody's input that cannot be taken, with the field at fault and words that help. Immutable.
 *
 * <p>The message is shown to whoever sent the input; it never quotes the input itself.
 */
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final boolean tooLong;

    /**
     * @param field the field at fault, as the sender knows it
     * @param message what is wrong and what would be right, for people
     */
    public InvalidInput(String field, String message) {
        this(field, message, false);
    }

    private InvalidInput(String field, String message, boolean tooLong) {
        super(message, null, false, false);
        this.field = field;
        this.tooLong = tooLong;
    }

    /** A text of more than {@code maxUnits} UTF-16 code units. */
    public static InvalidInput tooLong(String field, int maxUnits) {
        return new InvalidInput(field, field + " is longer than " + maxUnits + " UTF-16 code units", true);
    }

    /** Something of more than {@code maxBytes} bytes. */
    public static InvalidInput tooLongInBytes(String field, int maxBytes) {
        return new InvalidInput(field, field + " takes more than " + maxBytes + " bytes", true);
    }

    /** Whether length alone is the fault. */
    public boolean isTooLong() {
        return tooLong;
    }

    /** The field at fault, as the sender knows it. */
    public String field() {
        return field;
    }

    /** What is wrong and what would be right, for people. */
    public String explanation() {
        return String.valueOf(getMessage());
    }
}
