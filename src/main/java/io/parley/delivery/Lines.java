package io.parley.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Joins lines into one message. Stateless. */
final class Lines {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);

    private Lines() {}

    /** The lines with a newline between each two. */
    static byte[] join(List<byte[]> lines) {
        int length = lines.size() - 1;
        for (byte[] line : lines) {
            length += line.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] line : lines) {
            if (at > 0) {
                joined[at++] = '\n';
            }
            System.arraycopy(line, 0, joined, at, line.length);
            at += line.length;
        }
        return joined;
    }

    /** Each line as a block of an event stream: {@code data: }, the line, and an empty one. */
    static byte[] blocks(byte[] joined) {
        ByteArrayOutputStream blocks = new ByteArrayOutputStream(joined.length + 64);
        int from = 0;
        for (int at = 0; at <= joined.length; at++) {
            if (at == joined.length || joined[at] == '\n') {
                blocks.writeBytes(DATA);
                blocks.write(joined, from, at - from);
                blocks.write('\n');
                blocks.write('\n');
                from = at + 1;
            }
        }
        return blocks.toByteArray();
    }
}
