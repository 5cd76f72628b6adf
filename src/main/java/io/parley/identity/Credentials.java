package io.parley.identity;

import java.util.Optional;

/**
 * What somebody brings to say who they are. Immutable. Never to be logged.
 *
 * @param token given by hand: the {@code hello} command or {@code Authorization: Bearer}; one that is wrong is refused
 * @param cookie the session cookie; one that is wrong is as good as none
 * @param name what a new guest would like to be called
 * @param pass what a door has found good by itself; it comes before all else
 */
public record Credentials(Optional<String> token, Optional<String> cookie, Optional<String> name, Optional<Pass> pass) {

    private static final String BEARER = "Bearer ";

    public Credentials(Optional<String> token, Optional<String> cookie, Optional<String> name) {
        this(token, cookie, name, Optional.empty());
    }

    /** Those of a program that needs to say nothing more. */
    public static Credentials of(Pass pass) {
        return new Credentials(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(pass));
    }

    /**
     * What the headers of a request bring.
     *
     * @param authorization the value of that header; only a Bearer's token is taken from it (RFC 6750 §2.1)
     */
    public static Credentials of(Optional<String> authorization, Optional<String> cookie, Optional<String> name) {
        Optional<String> token = authorization
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
        return new Credentials(token, cookie, name);
    }

    /** The same, with what a {@code hello} said, which wins. */
    public Credentials with(Optional<String> otherToken, Optional<String> otherName) {
        return new Credentials(otherToken.or(() -> token), cookie, otherName.or(() -> name), pass);
    }

    @Override
    public String toString() {
        return "Credentials[token " + (token.isPresent() ? "given" : "none") + ", cookie "
                + (cookie.isPresent() ? "given" : "none") + "]";
    }
}
