package io.parley.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells whether a key was used again for something else. Stateless. */
public final class ContentHash {
    private ContentHash() {}

    /** The first 64 bits of SHA-256 over style and text. It is part of the stored format: it must never change. */
    public static long of(Content content) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(number(content.style()));
            return ByteBuffer.wrap(sha256.digest(content.text().getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte number(Style style) {
        return switch (style) {
            case PLAIN -> 0;
            case ACTION -> 1;
        };
    }
}
