package io.parley.room;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** By what the receiver of a webhook knows that it was us. Immutable. */
public final class HookSecret {
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final byte[] bytes;

    /** @param bytes 24 to 64 of them (Standard Webhooks 1.0), copied */
    public HookSecret(byte[] bytes) {
        if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "the secret of a webhook has " + LEAST_BYTES + " to " + MOST_BYTES + " bytes");
        }
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HookSecret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Nothing of it: it must get into no log. */
    @Override
    public String toString() {
        return "HookSecret";
    }
}
