package io.parley.delivery;

import java.util.List;
import java.util.Optional;

/**
 * One client's side of a subprotocol: translates, and remembers what the translation needs. Confined to its connection: the methods are
 * never called at the same time, and each sees what the one before did.
 */
public interface Dialogue {

    /** What the client asks for just by coming. */
    List<Request> opening();

    /** What a message asks for; what cannot be understood is a {@link Command.Invalid}. */
    List<Request> decode(Inbound message);

    /** The answer as the client shall see it, in lines without separators; empty when it shall see none. */
    List<byte[]> encode(Request request, Reply reply);

    /** The last line before the server closes, without separator; empty when there is none. Called once, from any thread. */
    Optional<byte[]> goodbye(Event.Bye bye);
}
