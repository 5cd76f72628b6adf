package io.parley.store;

import io.parley.room.MessageKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * How message keys lie in the table. Stateless.
 *
 * <p>A key that spells 16 bytes in base64url, as ours do, is stored as those bytes. Of any other a hash is stored, one byte shorter so that
 * the two can never be the same; its text is then kept beside it.
 */
final class StoredKey {
    private static final int BYTES = 16;
    private static final int HASHED_BYTES = 15;
    private static final int SPELT_CHARACTERS = 22;
    /** The last character spells two bits; one whose other four are not zero would come back as another. */
    private static final String LAST_CHARACTERS = "AQgw";

    private StoredKey() {}

    static byte[] of(MessageKey key) {
        byte[] spelt = spelt(key.value());
        return spelt.length == BYTES ? spelt : hashed(key.value());
    }

    /** Whether the text must be kept beside the stored key. */
    static boolean isHashed(byte[] stored) {
        return stored.length == HASHED_BYTES;
    }

    /** The key as its author wrote it; text is what was kept beside it. */
    static MessageKey read(byte[] stored, Optional<String> text) {
        return new MessageKey(
                text.orElseGet(() -> Base64.getUrlEncoder().withoutPadding().encodeToString(stored)));
    }

    /** The bytes that a text spells, or none when it is not exactly the way they are spelt. */
    private static byte[] spelt(String text) {
        if (text.length() != SPELT_CHARACTERS) {
            return new byte[0];
        }
        try {
            return LAST_CHARACTERS.indexOf(text.charAt(SPELT_CHARACTERS - 1)) >= 0
                    ? Base64.getUrlDecoder().decode(text)
                    : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] hashed(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(hash, HASHED_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
