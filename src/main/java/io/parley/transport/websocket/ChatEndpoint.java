package io.parley.transport.websocket;

import io.parley.delivery.Inbound;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;

/**
 * The door at {@code /chat}, and the same at the context root. One for each session; the container calls it by one thread at a time.
 *
 * <p>Without annotations, by which a container would find it and want to make it itself, before there is anything behind it. No decoder
 * stands before it: one that fails would close some containers' sessions.
 */
public final class ChatEndpoint extends Endpoint {
    private final Visit visit;

    /** Made by {@link DoorConfigurator}. */
    ChatEndpoint(WebSocketDoor door) {
        this.visit = new Visit(door);
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.addMessageHandler(
                String.class, (MessageHandler.Whole<String>) message -> visit.received(new Inbound.Text(message)));
        session.addMessageHandler(
                ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) message -> visit.received(copy(message)));
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> visit.alive());
        visit.opened(session);
    }

    @Override
    public void onError(Session session, Throwable error) {
        visit.failed(error);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        visit.closed();
    }

    /** The container may use its buffer again. */
    private static Inbound.Binary copy(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        return new Inbound.Binary(ByteBuffer.wrap(bytes));
    }
}
