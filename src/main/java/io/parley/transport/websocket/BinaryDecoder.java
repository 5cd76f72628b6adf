package io.parley.transport.websocket;

import io.parley.delivery.Inbound;
import jakarta.websocket.Decoder;
import java.nio.ByteBuffer;

/** Takes in a binary message as it is. Stateless. */
public final class BinaryDecoder implements Decoder.Binary<Inbound.Binary> {
    @Override
    public Inbound.Binary decode(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        // A copy: the container may use its buffer again.
        return new Inbound.Binary(ByteBuffer.wrap(bytes));
    }

    @Override
    public boolean willDecode(ByteBuffer message) {
        return true;
    }
}
