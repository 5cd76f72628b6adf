package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for frames, whatever is in them (RFC 6455 §5 to §7; docs/protocol.md §4, limits and close codes). */
public interface FrameConformance extends Conformance {
    /** The server's {@code limits.frameBytes}. */
    int FRAME_BYTES = 128 * 1024;

    @Test
    default void aMessageMayComeByteByByteWithControlFramesBetween() {
        SuperchatClient client = server().guest();
        byte[] line = SuperchatClient.line(77, "ping").getBytes(StandardCharsets.UTF_8);
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < line.length; i++) {
            int opcode = i == 0 ? ClientFrame.TEXT : ClientFrame.CONTINUATION;
            int fin = i == line.length - 1 ? ClientFrame.FIN : 0;
            frames.add(ClientFrame.masked(fin | opcode, new byte[] {line[i]}));
            frames.add(ClientFrame.ping(new byte[] {(byte) i}));
        }
        client.wire().send(ClientFrame.joined(frames));
        client.ok(77);
    }

    @Test
    default void theBytesOfAFrameMayComeOneByOne() {
        SuperchatClient client = server().guest();
        for (byte single : ClientFrame.text(SuperchatClient.line(77, "ping"))) {
            client.wire().send(new byte[] {single});
        }
        client.ok(77);
    }

    @Test
    default void severalMessagesMayComeInOneWrite() {
        SuperchatClient client = server().guest();
        List<byte[]> frames = new ArrayList<>();
        for (int id = 101; id <= 150; id++) {
            frames.add(ClientFrame.text(SuperchatClient.line(id, "ping")));
        }
        client.wire().send(ClientFrame.joined(frames));
        for (int id = 101; id <= 150; id++) {
            client.ok(id);
        }
    }

    @Test
    default void aPingIsAnsweredByAPongThatSaysTheSame() {
        WireClient wire = server().superchat().wire();
        byte[] payload = "are you there?".getBytes(StandardCharsets.UTF_8);
        wire.send(ClientFrame.ping(payload));
        assertEquals(new Received.Pong(ByteBuffer.wrap(payload)), wire.receive());
    }

    @Test
    @Covers("close-1000")
    default void aCloseIsAnsweredByAClose() {
        WireClient wire = server().guest().wire();
        wire.send(ClientFrame.close(1000));
        assertEquals(1000, wire.closeCode());
        assertEquals(new Received.End(), wire.receive(), "the server ends the connection (RFC 6455 §7.1.1)");
    }

    @Test
    @Covers("close-1002")
    default void anUnmaskedFrameIsAProtocolError() {
        assertClosed(1002, ClientFrame.unmasked(ClientFrame.FIN | ClientFrame.TEXT, new byte[] {'{', '}'}));
    }

    @Test
    @Covers("close-1002")
    default void aReservedBitIsAProtocolError() {
        assertClosed(
                1002, ClientFrame.masked(ClientFrame.FIN | ClientFrame.RSV1 | ClientFrame.TEXT, new byte[] {'{', '}'}));
    }

    @Test
    @Covers("close-1002")
    default void anUnknownOpcodeIsAProtocolError() {
        assertClosed(1002, ClientFrame.masked(ClientFrame.FIN | 0x3, new byte[0]));
        assertClosed(1002, ClientFrame.masked(ClientFrame.FIN | 0xB, new byte[0]));
    }

    @Test
    @Covers("close-1002")
    default void aContinuationOfNothingIsAProtocolError() {
        assertClosed(1002, ClientFrame.masked(ClientFrame.FIN | ClientFrame.CONTINUATION, new byte[] {'x'}));
    }

    @Test
    @Covers("close-1002")
    default void aFragmentedPingIsAProtocolError() {
        assertClosed(1002, ClientFrame.masked(ClientFrame.PING, new byte[0]));
    }

    @Test
    @Covers("close-1007")
    default void textThatIsNotUtf8Closes1007() {
        assertClosed(1007, ClientFrame.masked(ClientFrame.FIN | ClientFrame.TEXT, bytes(0xC3, 0x28)));
        assertClosed(1007, ClientFrame.masked(ClientFrame.FIN | ClientFrame.TEXT, bytes(0xC0, 0xAF)));
        // A lone surrogate in CESU-8.
        assertClosed(1007, ClientFrame.masked(ClientFrame.FIN | ClientFrame.TEXT, bytes('"', 0xED, 0xA0, 0x80, '"')));
    }

    @Test
    @Covers({"close-1009", "hello-limits"})
    default void aMessageOfFrameBytesIsTakenAndOneByteMoreCloses1009() {
        SuperchatClient client = server().guest();
        client.lines(padded(FRAME_BYTES));
        client.ok(7);
        atRest(client).lines(padded(FRAME_BYTES + 1));
        assertEquals(1009, client.closeCode());
    }

    @Test
    @Covers("close-1009")
    default void bytesAreCountedNotCharacters() {
        SuperchatClient client = server().guest();
        String head = "{\"do\":\"ping\",\"id\":7,\"x\":\"";
        client.lines(head + "\u6F22".repeat((FRAME_BYTES - head.length() - 2) / 3) + "\"}");
        client.ok(7);
        atRest(client).lines(head + "\u6F22".repeat(FRAME_BYTES / 3 + 1) + "\"}");
        assertEquals(1009, client.closeCode());
    }

    @Test
    @Covers("close-1009")
    default void fragmentsTogetherAreNotLongerThanFrameBytesEither() {
        SuperchatClient client = atRest(server().guest());
        byte[] quarter = new byte[FRAME_BYTES / 4];
        Arrays.fill(quarter, (byte) ' ');
        client.wire().send(ClientFrame.masked(ClientFrame.TEXT, quarter));
        for (int i = 0; i < 3; i++) {
            client.wire().send(ClientFrame.masked(ClientFrame.CONTINUATION, quarter));
        }
        // Not more than that: what a server has not read when it closes makes a reset of the close.
        client.wire().send(ClientFrame.masked(ClientFrame.CONTINUATION, new byte[] {' '}));
        assertEquals(1009, client.closeCode());
    }

    /** How many bytes of a frame it takes until the server says no; what it has not read when it closes makes a reset of the close. */
    default int takenOfAHugeFrame() {
        return FRAME_BYTES + 1;
    }

    @Test
    @Covers("close-1009")
    default void aFrameThatClaimsToBeHugeCloses1009BeforeMuchOfItHasCome() {
        SuperchatClient client = atRest(server().guest());
        byte[] head = bytes(0x81, 0xFF, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0);
        client.wire().send(Arrays.copyOf(head, head.length + takenOfAHugeFrame()));
        assertEquals(1009, client.closeCode());
    }

    @Test
    default void whoSendsOnSuchAFrameIsCutOffSoon() {
        SuperchatClient client = server().guest();
        client.wire().send(bytes(0x81, 0xFF, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0));
        for (int sent = 0; sent < 4; sent++) {
            client.wire().sendIfOpen(new byte[FRAME_BYTES]);
        }
        Received end = client.wire().receiveEnd();
        // The container's buffer is full before the application learns of it: not every container knows why (1011).
        assertTrue(
                end instanceof Received.End
                        || (end instanceof Received.Close close && (close.code() == 1009 || close.code() == 1011)),
                end::toString);
    }

    @Test
    default void aClientThatHangsUpWithoutAWordIsForgotten() {
        SuperchatClient stays = server().guest();
        String room = stays.opened();
        stays.join(room);
        SuperchatClient goes = server().guest();
        String id = Json.strings(goes.join(room), "present", "id").get(1);
        // Of who comes and goes between two announcements nothing is told.
        stays.presence(room);
        goes.close();
        List<String> left = new ArrayList<>();
        while (!left.contains(id)) {
            left.addAll(Json.strings(stays.event("presence").json(), "left", "id"));
        }
    }

    /**
     * Lets the server finish its last write. Tomcat, when it has to close upon an error in the very moment in which a write is being
     * completed, may cut the connection off without a close frame.
     */
    private static SuperchatClient atRest(SuperchatClient client) {
        client.wire().send(ClientFrame.ping(new byte[0]));
        assertTrue(client.wire().receive() instanceof Received.Pong);
        return client;
    }

    private void assertClosed(int code, byte[] frame) {
        WireClient wire = server().superchat().wire();
        wire.send(frame);
        Received end = wire.receiveEnd();
        assertTrue(end instanceof Received.Close close && close.code() == code, end::toString);
    }

    /** A ping with id 7 that is so many bytes long. */
    private static String padded(int bytes) {
        String head = "{\"do\":\"ping\",\"id\":7,\"x\":\"";
        return head + "x".repeat(bytes - head.length() - 2) + "\"}";
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
