package io.parley.identity;

/**
 * A session's secret, as its owner holds it. Immutable. It must never be logged, stored or put into a URL.
 *
 * @param hash the form in which it is stored and looked up
 * @param guest the guest whom the token itself names
 */
public record SessionToken(String secret, SessionHash hash, UserId guest) {
    @Override
    public String toString() {
        return "SessionToken[" + hash + "]";
    }
}
