package io.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameParserTest {
    private static final int FIN = 0x80;

    private final List<String> taken = new ArrayList<>();
    private final FrameParser parser = new FrameParser();
    private final FrameParser.Receiver receiver = new FrameParser.Receiver() {
        @Override
        public void message(ByteBuffer payload) {
            taken.add(StandardCharsets.UTF_8.decode(payload).toString());
        }

        @Override
        public void control(int opcode, byte[] payload) {
            taken.add(opcode + ":" + new String(payload, StandardCharsets.UTF_8));
        }
    };

    @Test
    void framesOfEveryLengthAreTaken() {
        List<String> texts = List.of("", "a", "b".repeat(125), "c".repeat(126), "d".repeat(65_535), "e".repeat(65_536));
        ByteBuffer all = ByteBuffer.allocate(200_000);
        texts.forEach(text -> all.put(frame(FIN | FrameParser.BINARY, text)));
        assertFalse(parser.parse(all.flip(), receiver));
        assertEquals(texts, taken);
    }

    @Test
    void aFrameThatComesByteByByteIsTakenOnceWhenItIsWhole() {
        byte[] bytes = frame(FIN | FrameParser.TEXT, "x".repeat(200)).array();
        for (int length = 1; length < bytes.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(bytes, 0, length);
            assertTrue(parser.parse(part, receiver));
            assertEquals(0, part.position(), "the beginning of a frame was taken");
        }
        assertEquals(List.of(), taken);
        parser.parse(ByteBuffer.wrap(bytes), receiver);
        assertEquals(List.of("x".repeat(200)), taken);
    }

    @Test
    void aMessageInSeveralFramesIsPutTogetherAroundAPing() {
        ByteBuffer all = ByteBuffer.allocate(100)
                .put(frame(FrameParser.TEXT, "one "))
                .put(frame(FIN | FrameParser.PING, "still there?"))
                .put(frame(FrameParser.CONTINUATION, "two "))
                .put(frame(FIN | FrameParser.CONTINUATION, "three"))
                .put(frame(FIN | FrameParser.TEXT, "next"))
                .flip();
        parser.parse(all, receiver);
        assertEquals(List.of("9:still there?", "one two three", "next"), taken);
    }

    @Test
    void whatIsNoFrameOfAServerIsRefused() {
        assertRefused(frame(0x40 | FIN | FrameParser.TEXT, "compressed"));
        assertRefused(frame(FIN | FrameParser.CONTINUATION, "of nothing"));
        assertRefused(frame(FrameParser.PING, "in parts"));
        assertRefused(frame(FIN | 11, "reserved"));
        assertRefused(ByteBuffer.wrap(new byte[] {(byte) (FIN | 1), (byte) 0x81, 1, 2, 3, 4, 5}));
        assertRefused(ByteBuffer.wrap(new byte[] {(byte) (FIN | 1), 127, 0, 0, 0, 1, 0, 0, 0, 0}));
        assertRefused(ByteBuffer.wrap(new byte[] {(byte) (FIN | 1), 127, -1, 0, 0, 0, 0, 0, 0, 0}));
    }

    @Test
    void aMessageThatBeginsWithinAnotherIsRefused() {
        parser.parse(frame(FrameParser.TEXT, "one"), receiver);
        assertThrows(Broken.class, () -> parser.parse(frame(FIN | FrameParser.TEXT, "two"), receiver));
    }

    private void assertRefused(ByteBuffer bytes) {
        assertThrows(Broken.class, () -> new FrameParser().parse(bytes, receiver));
        assertEquals(List.of(), taken);
    }

    private static ByteBuffer frame(int first, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame =
                ByteBuffer.allocate(payload.length + (payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10));
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 65_536) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        return frame.put(payload).flip();
    }
}
