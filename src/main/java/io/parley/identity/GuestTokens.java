package io.parley.identity;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks guests' session tokens. Thread-safe.
 *
 * <p>A token is 18 random bytes and 12 bytes of HMAC-SHA256 over them. So a guest who only looks costs the store nothing, is the same guest
 * after a restart nevertheless, and nobody can bring a token that was not made here.
 */
public final class GuestTokens {
    private static final String PREFIX = "pg_";
    private static final int RANDOM_BYTES = 18;
    private static final int SIGNATURE_BYTES = 12;
    private static final int ID_BYTES = 10;
    private static final int CHARACTERS = PREFIX.length() + (RANDOM_BYTES + SIGNATURE_BYTES) * 4 / 3;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** Few: an operator ends each by hand. */
    private final Set<SessionHash> revoked = ConcurrentHashMap.newKeySet();

    /** @param key this installation's secret, 32 bytes */
    public GuestTokens(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.random = random;
    }

    /** A token for a guest who was never here. */
    public SessionToken mint() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        byte[] signed = ByteBuffer.allocate(RANDOM_BYTES + SIGNATURE_BYTES)
                .put(bytes)
                .put(signature(bytes))
                .array();
        return token(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(signed));
    }

    /** The token that this text is, or empty when it was not made here or is revoked. */
    public Optional<SessionToken> check(String secret) {
        if (secret.length() != CHARACTERS || !secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] signed = Base64.getUrlDecoder().decode(secret.substring(PREFIX.length()));
            byte[] bytes = Arrays.copyOf(signed, RANDOM_BYTES);
            byte[] signature = Arrays.copyOfRange(signed, RANDOM_BYTES, signed.length);
            if (!MessageDigest.isEqual(signature, signature(bytes))) {
                return Optional.empty();
            }
            SessionToken token = token(secret);
            return isRevoked(token.hash()) ? Optional.empty() : Optional.of(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** From now on these are no better than tokens that were not made here. */
    void revoke(Collection<SessionHash> hashes) {
        revoked.addAll(hashes);
    }

    /** Whether the session of that token was ended. */
    public boolean isRevoked(SessionHash hash) {
        return revoked.contains(hash);
    }

    private static SessionToken token(String secret) {
        byte[] id = Arrays.copyOf(SessionHash.of("guest:" + secret).bytes(), ID_BYTES);
        return new SessionToken(
                secret, SessionHash.of(secret), new UserId("g" + HexFormat.of().formatHex(id)));
    }

    private byte[] signature(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(bytes), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
