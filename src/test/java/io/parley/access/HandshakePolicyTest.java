package io.parley.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.access.HandshakePolicy.Asked;
import io.parley.access.HandshakePolicy.Denial;
import io.parley.conformance.Covers;
import io.parley.contract.LogLines;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names the server may be addressed, and from whose pages. */
class HandshakePolicyTest {
    private static final HandshakePolicy OPEN = new HandshakePolicy(Set.of(), Set.of(), false);
    private static final HandshakePolicy LOOPBACK = new HandshakePolicy(Set.of(), Set.of(), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "chat.localhost",
                "127.0.0.1",
                "127.0.0.1:8080",
                "127.1.2.3",
                "[::1]",
                "[::1]:8080"
            })
    @Covers("hs-host")
    void onLoopbackItsNamesAreItsOwn(String host) {
        assertEquals(Optional.empty(), LOOPBACK.host(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "evil-localhost",
                "127.0.0.1.evil.example",
                "128.0.0.1",
                "1270.0.0.1",
                "[::2]",
                "[::1",
                "::1",
                "0.0.0.0",
                "192.168.1.1",
                "localhost@evil.example",
                ".localhost",
                "localhost:80:80"
            })
    @Covers("hs-host")
    void onLoopbackEveryOtherNameIsATrick(String host) {
        assertEquals(403, LOOPBACK.host(host).map(Denial::status).orElse(0));
    }

    @Test
    void aMissingHostIsNoName() {
        assertTrue(LOOPBACK.host(null).isPresent());
        assertTrue(new HandshakePolicy(Set.of(), Set.of("chat.example"), false)
                .host(null)
                .isPresent());
    }

    @Test
    @Covers("hs-host")
    void namesThatWereSetAreTheNames() {
        HandshakePolicy named = new HandshakePolicy(Set.of(), Set.of("Chat.example", "[fd00::1]:8443"), false);
        for (String host : new String[] {"chat.example", "CHAT.EXAMPLE", "chat.example:8443", "[FD00::1]:8443"}) {
            assertEquals(Optional.empty(), named.host(host), host);
        }
        for (String host : new String[] {"localhost", "other.example", "xchat.example", "[fd00::1]", "[fd00::1]:80"}) {
            assertTrue(named.host(host).isPresent(), host);
        }
        HandshakePolicy onLoopback = new HandshakePolicy(Set.of(), Set.of("chat.example"), true);
        assertEquals(Optional.empty(), onLoopback.host("chat.example"));
        assertEquals(Optional.empty(), onLoopback.host("localhost"));
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example, http://chat.example, false",
        "chat.example, HTTP://CHAT.example, false",
        "chat.example:80, http://chat.example, false",
        "chat.example, http://chat.example:80, false",
        "chat.example:8080, http://chat.example:8080, false",
        "chat.example, https://chat.example, true",
        "chat.example:443, https://chat.example, true",
        "chat.example, https://chat.example:443, true",
        "[::1]:8080, http://[::1]:8080, false",
        "[::1], http://[::1]:80, false"
    })
    @Covers("hs-origin")
    void itsOwnPagesMayConnect(String host, String origin, boolean secure) {
        assertEquals(Optional.empty(), OPEN.handshake(new Asked(host, origin, null, secure)));
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example, https://chat.example, false",
        "chat.example, http://chat.example, true",
        "chat.example, http://chat.example:8080, false",
        "chat.example:8080, http://chat.example, false",
        "chat.example, http://chat.example:443, false",
        "chat.example, http://evil.example, false",
        "chat.example, http://chat.example.evil.example, false",
        "chat.example, http://evilchat.example, false",
        "chat.example, http://chat.example/, false",
        "chat.example, chat.example, false",
        "chat.example, null, false",
        "chat.example, '', false",
        "chat.example, file://, false"
    })
    @Covers("hs-origin")
    void othersPagesMayNot(String host, String origin, boolean secure) {
        assertEquals(
                403,
                OPEN.handshake(new Asked(host, origin, null, secure))
                        .map(Denial::status)
                        .orElse(0));
    }

    @Test
    void withoutAHostNoOriginIsItsOwn() {
        assertTrue(OPEN.handshake(new Asked(null, "http://", null, false)).isPresent());
        assertTrue(OPEN.handshake(new Asked(null, "http://null", null, false)).isPresent());
    }

    @Test
    @Covers("hs-origin")
    void programsSendNoOriginAndMayConnect() {
        assertEquals(Optional.empty(), OPEN.handshake(new Asked("chat.example", null, null, false)));
    }

    @Test
    @Covers("hs-origin")
    void originsThatWereSetMayConnect() {
        HandshakePolicy policy = new HandshakePolicy(Set.of("https://App.example:443"), Set.of(), false);
        assertTrue(allows(policy, "https://app.example"));
        assertTrue(allows(policy, "https://APP.example:443"));
        assertFalse(allows(policy, "http://app.example"));
        assertFalse(allows(policy, "https://app.example:8443"));
        assertFalse(allows(policy, "null"));
    }

    @Test
    @Covers("hs-origin")
    void theLogNamesTheSettingThatWouldLetARefusedPageIn() {
        try (LogLines log = new LogLines(HandshakePolicy.class)) {
            assertFalse(allows(OPEN, "https://app.example"));
            assertEquals(
                    List.of(
                            "a page of origin https://app.example was refused; parley.origins=https://app.example would let it in"),
                    log.lines());
        }
    }

    @Test
    void theHostIsJudgedBeforeTheOrigin() {
        // A page that has bound its own name to this address is of that name's origin.
        assertEquals(
                403,
                LOOPBACK.handshake(new Asked("evil.example:8080", "http://evil.example:8080", null, false))
                        .map(Denial::status)
                        .orElse(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token=x",
                "room=a&token=x",
                "TOKEN=x",
                "access_token=",
                "secret=1",
                "password=p",
                "jwt=a.b.c",
                "name=a&Authorization=Bearer"
            })
    @Covers("hs-secret")
    void aSecretInTheAddressIsRefused(String query) {
        assertEquals(
                400,
                OPEN.handshake(new Asked("chat.example", null, query, false))
                        .map(Denial::status)
                        .orElse(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "room=token", "name=secret", "room=a&name=password", "mytoken=x", "tokens=x", "token"})
    void otherParametersAreNoSecrets(String query) {
        assertEquals(Optional.empty(), OPEN.handshake(new Asked("chat.example", null, query, false)));
    }

    private static boolean allows(HandshakePolicy policy, @Nullable String origin) {
        return policy.handshake(new Asked("chat.example", origin, null, false)).isEmpty();
    }
}
