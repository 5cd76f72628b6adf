package io.parley.identity;

import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of a session token: the only form in which one is kept. Immutable. */
public final class SessionHash {
    private static final int BYTES = 32;

    private final byte[] bytes;

    /** @param bytes 32 bytes, copied */
    public SessionHash(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a session hash has " + BYTES + " bytes");
        }
        this.bytes = bytes.clone();
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes, 0, 4) + "…";
    }
}
