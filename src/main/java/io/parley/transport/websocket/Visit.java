package io.parley.transport.websocket;

import io.parley.delivery.CloseReason;
import io.parley.delivery.Connection;
import io.parley.delivery.Inbound;
import io.parley.delivery.Subprotocol;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** One session from its opening to its end. Called by the container, by one thread at a time. */
final class Visit {
    private static final Logger LOG = System.getLogger(Visit.class.getName());

    private final WebSocketDoor door;
    private volatile @Nullable Connection connection;
    private @Nullable String countedAddress;

    Visit(WebSocketDoor door) {
        this.door = door;
    }

    void opened(Session session) {
        Handshake handshake = Handshake.of(session);
        Subprotocol subprotocol = door.subprotocol(session.getNegotiatedSubprotocol());
        WebSocketTransport transport = new WebSocketTransport(session, door.limits(), door.pingers());
        if (handshake.denial().isPresent()) {
            CloseReason denied = new CloseReason(1008, handshake.denial().get().reason());
            door.delivery().turnAway(transport, subprotocol, denied);
        } else if (!door.quota().acquire(handshake.remote())) {
            LOG.log(Level.WARNING, "too many connections; one from {0} was refused", handshake.remote());
            door.delivery().turnAway(transport, subprotocol, CloseReason.OVERLOADED);
        } else {
            countedAddress = handshake.remote();
            Connection open = door.delivery().open(transport, subprotocol, handshake.opening());
            connection = open;
            if (!session.isOpen()) {
                // Its end may have been told before anybody here could pass it on.
                open.closed();
            }
        }
    }

    void received(Inbound message) {
        Connection open = connection;
        if (open == null) {
            return;
        }
        // Not every container keeps the limit that it was given.
        if (isTooBig(message)) {
            open.close(CloseReason.TOO_BIG);
        } else {
            open.received(message);
        }
    }

    void alive() {
        Connection open = connection;
        if (open != null) {
            open.alive();
        }
    }

    /** The container closes by itself after an error; most of them are clients that went without a word. */
    void failed(Throwable error) {
        LOG.log(Level.DEBUG, "a session ended in an error", error);
    }

    void closed() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.closed();
        }
        String address = countedAddress;
        countedAddress = null;
        if (address != null) {
            door.quota().release(address);
        }
    }

    private boolean isTooBig(Inbound message) {
        int most = door.limits().frameBytes();
        return message instanceof Inbound.Text text
                ? text.value().length() > most || (3L * text.value().length() > most && utf8Length(text.value()) > most)
                : message.weight() > most;
    }

    private static long utf8Length(String text) {
        return text.codePoints()
                .mapToLong(point -> point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)
                .sum();
    }
}
