package io.parley.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells whether a key was used again for something else. Stateless. */
public final class ContentHash {
    /** Follows the numbers of the styles. */
    private static final byte EDIT = 2;

    private ContentHash() {}

    /** The first 64 bits of SHA-256 over style and text. It is part of the stored format: it must never change. */
    public static long of(Content content) {
        return of(content.text(), number(content.style()));
    }

    /** The same for what else may bear a key: over its kind, what it is about and its text. Others bear none. */
    public static long of(Amendment amendment) {
        if (amendment instanceof Amendment.Edit edit) {
            byte[] about = ByteBuffer.allocate(1 + Long.BYTES)
                    .put(EDIT)
                    .putLong(edit.of())
                    .array();
            return of(edit.text(), about);
        }
        return 0;
    }

    private static long of(String text, byte... before) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(before);
            return ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)))
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
