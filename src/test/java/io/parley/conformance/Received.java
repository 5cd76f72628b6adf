package io.parley.conformance;

import java.nio.ByteBuffer;

/** What came over a WebSocket: a whole message, a control frame, or the end. Immutable. */
sealed interface Received {
    record Text(String text) implements Received {}

    /** A binary message; all that is sent here is UTF-8. */
    record Binary(String text) implements Received {}

    record Ping(ByteBuffer payload) implements Received {}

    record Pong(ByteBuffer payload) implements Received {}

    /** A close frame; code 1005 when it had none (RFC 6455 §7.1.5). */
    record Close(int code, String reason) implements Received {}

    /** The connection below ended, without a close frame or after it. */
    record End() implements Received {}
}
