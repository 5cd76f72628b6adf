package io.parley.delivery;

import java.nio.ByteBuffer;

/** One message from a client, whole. Immutable, but for the position of a buffer. */
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

    /** Not from the client at all: something that the server has a connection do in its turn. */
    record Order(Command command) implements Inbound {
        @Override
        public int weight() {
            return 0;
        }
    }

    /** A binary message, in a buffer that is handed over. */
    record Binary(ByteBuffer value) implements Inbound {
        @Override
        public int weight() {
            return value.remaining();
        }
    }
}
