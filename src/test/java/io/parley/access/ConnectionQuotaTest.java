package io.parley.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.Limits;
import org.junit.jupiter.api.Test;

/** Connections in all, and for each address. */
class ConnectionQuotaTest {
    private final int most = Limits.defaults().connections();
    private final int mostPerAddress = Limits.defaults().connectionsPerAddress();
    private final ConnectionQuota quota = new ConnectionQuota(Limits.defaults());

    @Test
    void anAddressHasItsShareAndOthersHaveTheirs() {
        for (int i = 0; i < mostPerAddress; i++) {
            assertTrue(quota.acquire("10.0.0.1"));
        }
        assertFalse(quota.acquire("10.0.0.1"));
        assertTrue(quota.acquire("10.0.0.2"));
        quota.release("10.0.0.1");
        assertTrue(quota.acquire("10.0.0.1"));
        assertEquals(mostPerAddress + 1, quota.size());
    }

    @Test
    void thereIsAnEndToAllOfThem() {
        for (int i = 0; i < most; i++) {
            assertTrue(quota.acquire("host" + i));
        }
        assertFalse(quota.acquire("one more"));
        quota.release("host0");
        assertTrue(quota.acquire("one more"));
        assertEquals(most, quota.size());
    }

    @Test
    void whatIsGivenBackIsForgotten() {
        for (int i = 0; i < 3; i++) {
            quota.acquire("10.0.0.1");
        }
        for (int i = 0; i < 3; i++) {
            quota.release("10.0.0.1");
        }
        assertEquals(0, quota.size());
        for (int i = 0; i < mostPerAddress; i++) {
            assertTrue(quota.acquire("10.0.0.1"));
        }
    }
}
