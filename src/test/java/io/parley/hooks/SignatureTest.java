package io.parley.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.room.HookSecret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SignatureTest {
    /** The example of the specification's own libraries. */
    @Test
    void signsAsTheSpecificationDoes() {
        HookSecret secret = new HookSecret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                Signature.of(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body));
        assertEquals("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Signature.spelt(secret));
    }
}
