package io.parley.delivery;

import java.util.List;

/** Joins lines into one message. Stateless. */
final class Lines {
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
}
