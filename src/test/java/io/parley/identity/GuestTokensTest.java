package io.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tokens that nobody can make up. */
class GuestTokensTest {
    private final GuestTokens tokens = new GuestTokens(new byte[32], new SecureRandom());

    @Test
    void aTokenIsKnownAgain() {
        SessionToken token = tokens.mint();
        SessionToken again = tokens.check(token.secret()).orElseThrow();
        assertEquals(token.hash(), again.hash());
        assertEquals(token.guest(), again.guest());
        // After a restart too, since the key is kept.
        GuestTokens restarted = new GuestTokens(new byte[32], new SecureRandom());
        assertEquals(
                token.guest(), restarted.check(token.secret()).orElseThrow().guest());
    }

    @Test
    void noTwoTokensAreAlike() {
        Set<String> secrets = new HashSet<>();
        Set<UserId> guests = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            SessionToken token = tokens.mint();
            assertTrue(secrets.add(token.secret()));
            assertTrue(guests.add(token.guest()));
        }
    }

    @Test
    void anotherInstallationsTokenIsNotKnown() {
        byte[] other = new byte[32];
        other[31] = 1;
        assertEquals(
                Optional.empty(),
                tokens.check(new GuestTokens(other, new SecureRandom()).mint().secret()));
    }

    @Test
    void aTokenWithAnyCharacterChangedIsNotKnown() {
        String secret = tokens.mint().secret();
        for (int i = 0; i < secret.length(); i++) {
            for (char other : new char[] {'A', 'z', '_', '+', '=', '\u0000', '\ud83d'}) {
                String forged = secret.substring(0, i) + other + secret.substring(i + 1);
                assertEquals(forged.equals(secret), tokens.check(forged).isPresent(), forged);
            }
        }
    }

    @Test
    void aTokenThatIsShorterOrLongerIsNotKnown() {
        String secret = tokens.mint().secret();
        for (int i = 0; i < secret.length(); i++) {
            assertFalse(tokens.check(secret.substring(0, i)).isPresent());
            assertFalse(tokens.check(secret.substring(secret.length() - i)).isPresent());
        }
        assertFalse(tokens.check(secret + "A").isPresent());
        assertFalse(tokens.check(" " + secret).isPresent());
        assertFalse(tokens.check("x".repeat(1_000_000)).isPresent());
    }

    @Test
    void neitherTokenNorCredentialsTellTheirSecret() {
        SessionToken token = tokens.mint();
        assertFalse(token.toString().contains(token.secret()));
        Credentials credentials =
                new Credentials(Optional.of(token.secret()), Optional.of(token.secret()), Optional.of("Ann"));
        assertFalse(credentials.toString().contains(token.secret()));
    }

    @Test
    @Covers("hello-token")
    void whatHelloSaysWins() {
        Credentials credentials = new Credentials(Optional.of("header"), Optional.of("cookie"), Optional.of("Ann"));
        Credentials both = credentials.with(Optional.of("hello"), Optional.of("Bob"));
        assertEquals(new Credentials(Optional.of("hello"), Optional.of("cookie"), Optional.of("Bob")), both);
        assertEquals(credentials, credentials.with(Optional.empty(), Optional.empty()));
        assertNotEquals(credentials, both);
    }
}
