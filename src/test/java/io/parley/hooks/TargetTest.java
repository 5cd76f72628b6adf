package io.parley.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.text.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.org, true, example.org, 443, /, example.org",
        "HTTP://Example.org:80/a?b=c, false, Example.org, 80, /a?b=c, Example.org",
        "https://example.org:8443/a%20b, true, example.org, 8443, /a%20b, example.org:8443",
        "http://[2001:db8::1]:81/, false, 2001:db8::1, 81, /, [2001:db8::1]:81",
        "http://example.org?x, false, example.org, 80, /?x, example.org",
        "https://example.org/ü, true, example.org, 443, /%C3%BC, example.org"
    })
    void aUrlIsTakenApart(String url, boolean tls, String host, int port, String path, String authority) {
        Target target = Target.parse(url);
        assertEquals(new Target(tls, host, port, path), target);
        assertEquals(authority, target.authority());
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, https://",
        "ftp://example.org/, https://",
        "file:///etc/passwd, https://",
        "https:/no-host, names a host",
        "https://user:word@example.org/, no user",
        "https://example.org/#there, no #",
        "http://example.org:0/, port",
        "http://example.org:65536/, port",
        "'http://example.org/a b', no URL",
        "'http://example.org/\r\nX: y', no URL"
    })
    void whatIsNoneIsRefusedWithAReason(String url, String reason) {
        InvalidInput refusal = assertThrows(InvalidInput.class, () -> Target.parse(url));
        assertTrue(refusal.explanation().contains(reason), refusal::explanation);
    }

    @Test
    void itIsNoLongerThanARequestLineMayBe() {
        assertThrows(InvalidInput.class, () -> Target.parse("http://example.org/" + "a".repeat(2_000)));
    }

    /** Such addresses hold secrets: Slack's do. */
    @Test
    void itsPathIsInNoLog() {
        assertEquals(
                "https://example.org",
                Target.parse("https://example.org/secret?secret").toString());
    }
}
