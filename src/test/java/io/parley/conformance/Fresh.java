package io.parley.conformance;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** Names that no other test uses. Thread-safe. */
final class Fresh {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Fresh() {}

    /** The name of a room that is not there, in normal form. */
    static String room() {
        return "r" + Long.toString(RANDOM.nextLong() >>> 1, 36).toLowerCase(Locale.ROOT);
    }

    /** The name of a guest who is not there. */
    static String name() {
        return "N" + Long.toString(RANDOM.nextLong() >>> 1, 36);
    }

    /** A key of 22 characters: 16 random bytes. */
    static String key() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
