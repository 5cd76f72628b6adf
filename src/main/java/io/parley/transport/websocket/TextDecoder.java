package io.parley.transport.websocket;

import io.parley.delivery.Inbound;
import jakarta.websocket.Decoder;

/** Takes in a text message as it is; what it means is the subprotocol's affair. Stateless: a failing decoder would close some containers' sessions. */
public final class TextDecoder implements Decoder.Text<Inbound.Text> {
    @Override
    public Inbound.Text decode(String message) {
        return new Inbound.Text(message);
    }

    @Override
    public boolean willDecode(String message) {
        return true;
    }
}
