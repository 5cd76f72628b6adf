package io.parley.store;

import io.parley.room.RoomLog.KeyRef;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Sixty-four bits in the place of room, author and key. Confined to whoever has the turn to write.
 *
 * <p>A secret goes into it, so that nobody can choose keys that fall together.
 */
final class KeyHash {
    static final int SECRET_BYTES = 16;

    private final MessageDigest digest;
    private final byte[] secret;
    private final ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);

    KeyHash(byte[] secret) {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        this.secret = secret.clone();
    }

    long of(KeyRef ref) {
        return of(ref.room().value(), ref.author(), StoredKey.of(ref.key()));
    }

    /** @param key as it is stored */
    long of(long room, long author, byte[] key) {
        digest.update(secret);
        digest.update(numbers.putLong(0, room).putLong(Long.BYTES, author).array());
        return ByteBuffer.wrap(digest.digest(key)).getLong();
    }
}
