package io.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers do not agree on how they write an address of IPv6. */
final class ProxyFilterTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "[0:0:0:0:0:0:0:1], 0:0:0:0:0:0:0:1",
        "0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1",
        "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0:1:2:3:4",
        "[fe80::1%2], fe80::1",
    })
    void anAddressIsTheSameHoweverItIsWritten(String told, String plain) {
        assertEquals(plain, ProxyFilter.plain(told));
    }
}
