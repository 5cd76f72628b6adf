package io.parley.faults;

import io.parley.conformance.ClientFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Frames and lines that no client should send, made from a seed. Confined to one thread.
 */
final class Malformed {
    private static final Set<Integer> PROTOCOL_ERROR = Set.of(1002);
    private static final Set<Integer> NOT_TEXT = Set.of(1007);
    private static final Set<Integer> TOO_BIG = Set.of(1009);
    private static final List<String> LINES = List.of(
            "{\"do\":\"post\",\"id\":1,\"room\":\"lobby\",\"text\":\"hello\",\"key\":\"k1\",\"replyTo\":3}",
            "{\"do\":\"join\",\"id\":2,\"room\":\"lobby\",\"after\":12,\"epoch\":\"e\",\"last\":20}",
            "{\"do\":\"history\",\"id\":3,\"room\":\"lobby\",\"before\":100,\"limit\":10}",
            "{\"do\":\"react\",\"id\":4,\"room\":\"lobby\",\"seq\":5,\"emoji\":\"\\ud83d\\ude00\",\"on\":true}",
            "{\"do\":\"edit\",\"id\":5,\"room\":\"lobby\",\"seq\":1,\"text\":\"\\u0041\"}",
            "{\"do\":\"rooms\",\"id\":6,\"limit\":10,\"x\":{\"a\":[1,2.5e3,null,false]}}");
    private static final String SPICE = "{}[]\":,\\0e-+.\u0000\n\t xuntf\uD83D\uDE00\u202E";

    private final Random random;

    Malformed(long seed) {
        random = new Random(seed);
    }

    /** A frame that breaks the rules. Immutable. */
    record Frame(String what, ByteBuffer bytes, Set<Integer> closes) {
        Frame {
            closes = Set.copyOf(closes);
        }

        static Frame of(String what, byte[] bytes, Set<Integer> closes) {
            return new Frame(what, ByteBuffer.wrap(bytes), closes);
        }
    }

    /** One that breaks RFC 6455, and the codes with which it may be closed (§7.4.1). */
    Frame frame() {
        byte[] some = bytes(random.nextInt(126));
        int data = random.nextBoolean() ? ClientFrame.TEXT : ClientFrame.BINARY;
        return switch (random.nextInt(11)) {
            case 0 -> protocolError("reserved bit", ClientFrame.FIN | data | 0x10 << random.nextInt(3), some);
            case 1 -> protocolError("reserved data opcode", ClientFrame.FIN | 0x3 + random.nextInt(5), some);
            case 2 -> protocolError("reserved control opcode", ClientFrame.FIN | 0xB + random.nextInt(5), some);
            case 3 -> protocolError("continuation of nothing", random.nextInt(2) * ClientFrame.FIN, some);
            case 4 -> protocolError("fragmented control", ClientFrame.CLOSE + random.nextInt(3), some);
            case 5 ->
                protocolError(
                        "long control",
                        ClientFrame.FIN | ClientFrame.PING + random.nextInt(2),
                        bytes(126 + random.nextInt(1_000)));
            case 6 ->
                Frame.of("unmasked", ClientFrame.unmasked(ClientFrame.FIN | ClientFrame.TEXT, some), PROTOCOL_ERROR);
            case 7 ->
                Frame.of(
                        "a message within another",
                        ClientFrame.joined(List.of(
                                ClientFrame.masked(ClientFrame.TEXT, new byte[] {'{'}),
                                ClientFrame.masked(ClientFrame.FIN | data, new byte[] {'}'}))),
                        PROTOCOL_ERROR);
            case 8 ->
                Frame.of("not UTF-8", ClientFrame.masked(ClientFrame.FIN | ClientFrame.TEXT, notUtf8()), NOT_TEXT);
            case 9 -> Frame.of("a huge length", huge(), TOO_BIG);
            default -> badClose();
        };
    }

    /** A command of which something was changed, left out, doubled or put in; seldom it remains a good one. */
    String line() {
        StringBuilder line = new StringBuilder(LINES.get(random.nextInt(LINES.size())));
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(line.length());
            switch (random.nextInt(6)) {
                case 0 -> line.setLength(Math.max(1, at));
                case 1 -> line.deleteCharAt(at);
                case 2 -> line.insert(at, spice());
                case 3 -> line.insert(at, line.substring(at, Math.min(line.length(), at + random.nextInt(20))));
                case 4 -> line.insert(at, (random.nextBoolean() ? "[" : "{\"a\":").repeat(random.nextInt(200)));
                default -> line.replace(at, at + 1, String.valueOf(random.nextLong()));
            }
            if (line.length() == 0) {
                line.append(spice());
            }
        }
        return whole(line);
    }

    private static Frame protocolError(String what, int firstByte, byte[] payload) {
        return Frame.of(what, ClientFrame.masked(firstByte, payload), PROTOCOL_ERROR);
    }

    /** A close of one byte, or with a code that nobody may send (RFC 6455 §7.4). */
    private Frame badClose() {
        int firstByte = ClientFrame.FIN | ClientFrame.CLOSE;
        if (random.nextBoolean()) {
            return protocolError("a close of one byte", firstByte, bytes(1));
        }
        int[] codes = {0, 999, 1004, 1005, 1006, 1015, 2_999, 5_000, 65_535};
        short code = (short) codes[random.nextInt(codes.length)];
        return protocolError(
                "a close with " + (code & 0xFFFF),
                firstByte,
                ByteBuffer.allocate(2).putShort(code).array());
    }

    /** The head of a frame that would be longer than anything taken. */
    private byte[] huge() {
        long length = 1L << (20 + random.nextInt(40));
        return ByteBuffer.allocate(14)
                .put((byte) (ClientFrame.FIN | ClientFrame.TEXT))
                .put((byte) 0xFF)
                .putLong(length)
                .putInt(random.nextInt())
                .array();
    }

    private byte[] notUtf8() {
        byte[][] faults = {
            {(byte) 0xC3, 0x28},
            {(byte) 0xC0, (byte) 0xAF},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xFF},
            {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            {(byte) 0x80},
            {(byte) 0xE2, (byte) 0x82}
        };
        byte[] before = "{\"do\":\"ping\"".getBytes(StandardCharsets.US_ASCII);
        byte[] fault = faults[random.nextInt(faults.length)];
        return ByteBuffer.allocate(before.length + fault.length)
                .put(before)
                .put(fault)
                .array();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String spice() {
        int at = random.nextInt(SPICE.codePointCount(0, SPICE.length()));
        return Character.toString(SPICE.codePointAt(SPICE.offsetByCodePoints(0, at)));
    }

    /** Without halves of characters, which cannot be sent as UTF-8: frames like that come otherwise. */
    private static String whole(CharSequence text) {
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
