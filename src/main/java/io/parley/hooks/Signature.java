package io.parley.hooks;

import io.parley.room.HookSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** By what a receiver knows that a request is ours: Standard Webhooks 1.0, symmetric. Stateless. */
final class Signature {
    /** How many bytes a secret has; the specification asks for 24 to 64. */
    static final int SECRET_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The header {@code webhook-signature}. */
    static String of(HookSecret secret, String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** A secret as receivers are given it. */
    static String spelt(HookSecret secret) {
        return "whsec_" + Base64.getEncoder().encodeToString(secret.bytes());
    }
}
