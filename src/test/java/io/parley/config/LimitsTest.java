package io.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.conformance.Covers;
import org.junit.jupiter.api.Test;

/** The figures that clients may count on where nobody has set others. */
class LimitsTest {

    @Test
    @Covers({"cmd-pending", "hello-silent", "ping-server", "slow-close"})
    void thePresetsAreTheFiguresOfTheProtocol() {
        Limits limits = Limits.defaults();
        assertEquals(64, limits.pending());
        assertEquals(10, limits.helloSeconds());
        assertEquals(25, limits.pingSeconds());
        assertEquals(30, limits.writeTimeoutSeconds());
    }
}
