package io.parley.transport.websocket;

import io.parley.delivery.Inbound;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** The door at {@code /chat}. One for each session; the container calls it by one thread at a time. */
@ServerEndpoint(
        value = "/chat",
        subprotocols = {"chat", "superchat"},
        decoders = {TextDecoder.class, BinaryDecoder.class},
        encoders = FrameEncoder.class,
        configurator = DoorConfigurator.class)
public class ChatEndpoint {
    private final Visit visit;

    /** For Open Liberty, which takes no endpoint without it, and then has {@link DoorConfigurator} make it like all others. */
    public ChatEndpoint() {
        this(WebSocketDoor.registered());
    }

    /** Made by {@link DoorConfigurator}. */
    ChatEndpoint(WebSocketDoor door) {
        this.visit = new Visit(door);
    }

    @OnOpen
    public void onOpen(Session session) {
        visit.opened(session);
    }

    @OnMessage
    public void onText(Inbound.Text message) {
        visit.received(message);
    }

    @OnMessage
    public void onBinary(Inbound.Binary message) {
        visit.received(message);
    }

    @OnMessage
    public void onPong(PongMessage pong) {
        visit.alive();
    }

    @OnError
    public void onError(Throwable error) {
        visit.failed(error);
    }

    @OnClose
    public void onClose(CloseReason reason) {
        visit.closed();
    }
}
