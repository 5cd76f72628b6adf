package io.parley.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Tells whether somebody has a thing already, by what it holds (RFC 9110 §8.8.3). Stateless. */
public final class EntityTag {
    private static final int BYTES = 15;

    private EntityTag() {}

    /** A tag of that content, without its quotes. */
    public static String of(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Whether a tag is among those of an {@code If-None-Match}, compared weakly (RFC 9110 §13.1.2).
     *
     * @param tag with its quotes
     */
    public static boolean matches(@Nullable String tags, String tag) {
        return tags != null
                && Arrays.stream(tags.split(",", -1))
                        .map(String::strip)
                        .anyMatch(other -> other.equals("*") || other.equals(tag) || other.equals("W/" + tag));
    }
}
