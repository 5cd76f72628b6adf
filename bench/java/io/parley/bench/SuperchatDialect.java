package io.parley.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Parley's {@code superchat} with {@code frames: "binary"}, as the page speaks it: each post has a key and is answered. Confined to the
 * generator's thread.
 */
final class SuperchatDialect implements Dialect {
    private static final byte[] MESSAGE = ascii("{\"type\":\"message\"");
    private static final byte[] REPLY = ascii("{\"re\":");
    private static final byte[] JOINED = ascii("{\"re\":2,");
    private static final byte[] BYE = ascii("{\"type\":\"bye\"");
    private static final byte[] GAP = ascii("{\"type\":\"gap\"");
    private static final int KEY_BYTES = 16;

    /** Ids below are those of the opening commands. */
    private static final long FIRST_POST = 10;

    private final SplittableRandom random = new SplittableRandom();

    @Override
    public String address(String room) {
        return "/chat";
    }

    @Override
    public String headers() {
        return "Sec-WebSocket-Protocol: superchat\r\n";
    }

    @Override
    public List<String> opening(String room, Role role) {
        String second = switch (role) {
            case OPENER -> "{\"do\":\"open\",\"id\":2,\"room\":\"%s\",\"kind\":\"public\"}";
            case READER -> "{\"do\":\"join\",\"id\":2,\"room\":\"%s\",\"last\":0}";
            case AUTHOR -> "{\"do\":\"ping\",\"id\":2}";
        };
        return List.of("{\"do\":\"hello\",\"id\":1,\"frames\":\"binary\"}\n" + second.formatted(room));
    }

    @Override
    public String post(String room, String text, long id) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return "{\"do\":\"post\",\"id\":" + (FIRST_POST + id) + ",\"room\":\"" + room + "\",\"text\":\"" + text
                + "\",\"key\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(key) + "\"}";
    }

    @Override
    public Line read(byte[] line) {
        if (begins(line, MESSAGE)) {
            return Line.MESSAGE;
        }
        if (begins(line, REPLY)) {
            int colon = indexOf(line, (byte) ',') + 1;
            if (!new String(line, colon, Math.min(4, line.length - colon), StandardCharsets.US_ASCII)
                    .equals("\"ok\"")) {
                throw new Broken("Parley says " + new String(line, StandardCharsets.UTF_8));
            }
            if (line[REPLY.length] == '1' && line[REPLY.length + 1] == ',') {
                return Line.OTHER;
            }
            return begins(line, JOINED) ? Line.READY : Line.ACKNOWLEDGED;
        }
        if (begins(line, BYE) || begins(line, GAP)) {
            throw new Broken("Parley says " + new String(line, StandardCharsets.UTF_8));
        }
        return Line.OTHER;
    }

    @Override
    public boolean acknowledges() {
        return true;
    }

    private static int indexOf(byte[] line, byte wanted) {
        for (int i = 0; i < line.length; i++) {
            if (line[i] == wanted) {
                return i;
            }
        }
        throw new Broken("no line of superchat: " + new String(line, StandardCharsets.UTF_8));
    }

    private static boolean begins(byte[] line, byte[] with) {
        if (line.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if (line[i] != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
