package io.parley.delivery;

import io.parley.room.EntryEncoding;
import java.util.Optional;

/**
 * The port to a language: what frames mean, and how entries and events are written. Thread-safe and pure; no I/O.
 *
 * <p>The bytes of entries and events serve everybody who speaks this subprotocol alike.
 */
public interface Subprotocol extends EntryEncoding {

    /** The name that {@code Sec-WebSocket-Protocol} calls it by. */
    String name();

    /** Whether several entries or replies may go as lines of one frame; if not, each is a frame of its own. */
    boolean joinsLines();

    /** How long a client may say nothing after it came before it is closed, in seconds; 0 for as long as it likes. */
    int helloSeconds();

    /** An event as clients shall see it, without separator; empty when they shall see none. */
    Optional<byte[]> encode(Event event);

    /** Begins to talk with one client. */
    Dialogue open(Opening opening);
}
