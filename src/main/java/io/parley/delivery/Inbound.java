package io.parley.delivery;

import java.util.Arrays;

/** One message from a client, whole. Immutable. */
public sealed interface Inbound {

    /** About how many bytes it holds. */
    int weight();

    /** A text message. */
    record Text(String value) implements Inbound {
        @Override
        public int weight() {
            return 2 * value.length();
        }
    }

    /** A binary message; the array is handed over. */
    record Binary(byte[] value) implements Inbound {
        @Override
        public int weight() {
            return value.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Binary binary && Arrays.equals(value, binary.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Binary[" + value.length + " bytes]";
        }
    }
}
