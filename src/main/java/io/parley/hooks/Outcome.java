package io.parley.hooks;

/** What became of one attempt. Immutable. */
sealed interface Outcome {

    /** The receiver has it: a status of 2xx. */
    record Taken() implements Outcome {}

    /** The receiver wants nothing more, for ever: 410. */
    record Gone() implements Outcome {}

    /** Anything else; to be tried again. */
    record Failed(String reason) implements Outcome {
        private static final int MOST_CHARACTERS = 200;

        /** A reason that goes into a line for the operator, whoever had a hand in its wording. */
        public Failed {
            String plain = reason.replaceAll("[^\\x20-\\x7E]", "?");
            reason = plain.length() > MOST_CHARACTERS ? plain.substring(0, MOST_CHARACTERS) + "..." : plain;
        }
    }
}
