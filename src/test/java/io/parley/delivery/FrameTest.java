package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as a server puts them on the wire, read here by the letter of RFC 6455 §5.2. */
class FrameTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 131_072})
    void everyLengthIsToldInTheShortestWay(int length) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        assertWire(0x81, payload, Frame.text(payload).webSocket());
        assertWire(0x82, payload, Frame.binary(payload).webSocket());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyReaderHasAPositionOfItsOwn(boolean binary) {
        byte[] payload = {'{', '}'};
        Frame frame = binary ? Frame.binary(payload) : Frame.text(payload);
        frame.webSocket().get();
        assertWire(binary ? 0x82 : 0x81, payload, frame.webSocket());
    }

    private static void assertWire(int first, byte[] payload, ByteBuffer wire) {
        assertEquals((byte) first, wire.get());
        int second = wire.get() & 0xFF;
        long length = second == 126 ? wire.getShort() & 0xFFFF : second == 127 ? wire.getLong() : second;
        assertFalse(second == 126 && length < 126, "minimal number of bytes");
        assertFalse(second == 127 && length <= 0xFFFF, "minimal number of bytes");
        assertEquals(payload.length, length);
        byte[] rest = new byte[wire.remaining()];
        wire.get(rest);
        assertArrayEquals(payload, rest);
    }
}
