package io.parley.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of a session's secret: the only form in which one is kept. Immutable. */
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

    /** The hash of a secret. */
    public static SessionHash of(String secret) {
        try {
            return new SessionHash(
                    MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
