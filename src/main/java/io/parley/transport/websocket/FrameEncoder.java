package io.parley.transport.websocket;

import io.parley.delivery.Frame;
import jakarta.websocket.Encoder;

/** Hands out a frame's text, which is decoded once for all who share it. Stateless. */
public final class FrameEncoder implements Encoder.Text<Frame> {
    @Override
    public String encode(Frame frame) {
        return frame.text();
    }
}
