package io.parley.access;

import io.parley.config.Network;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reverse proxies, and what they say of clients: {@code Forwarded} (RFC 7239), {@code X-Forwarded-For}, {@code -Proto}, {@code -Host}. Immutable.
 *
 * <p>Anybody can send such headers. What counts is read from the right, where the nearest machine has written: while that is a proxy of ours,
 * what it says of the one before it is believed. The first that is none is the client, and what stands left of it is the client's own invention.
 *
 * <p>Overflow rule: headers that are too long, or malformed, say nothing at all.
 */
public final class Proxies {
    /** Nobody is believed. */
    public static final Proxies NONE = new Proxies(List.of());

    private final List<Network> trusted;

    public Proxies(List<Network> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /** Whether a machine is one of them; its address as it is usually written. */
    public boolean include(String address) {
        return !trusted.isEmpty()
                && Network.literal(address)
                        .map(literal -> trusted.stream().anyMatch(network -> network.contains(literal)))
                        .orElse(false);
    }

    /**
     * How a request really came.
     *
     * @param direct how it came here, from the nearest machine
     * @param headers all values of a header, in their order; none when there is none of that name
     */
    public Way way(Way direct, Function<String, List<String>> headers) {
        if (!include(direct.remote())) {
            return direct;
        }
        List<String> standard = headers.apply("Forwarded");
        List<String> chain = headers.apply("X-Forwarded-For");
        List<String> protocols = headers.apply("X-Forwarded-Proto");
        List<String> hosts = headers.apply("X-Forwarded-Host");
        boolean hasUsual = !chain.isEmpty() || !protocols.isEmpty() || !hosts.isEmpty();
        Optional<Way> usual = hasUsual
                ? Hops.usual(chain, protocols, hosts).flatMap(hops -> follow(hops, direct))
                : Optional.of(direct);
        if (standard.isEmpty()) {
            return usual.orElse(direct);
        }
        Optional<Way> byStandard = Hops.standard(standard).flatMap(hops -> follow(hops, direct));
        // A proxy writes one of them and may let through what a client wrote in the other.
        return !hasUsual || usual.equals(byStandard) ? byStandard.orElse(direct) : direct;
    }

    /** From the nearest machine to the client; empty when something on the way is malformed. */
    private Optional<Way> follow(List<Hop> nearestFirst, Way direct) {
        Way way = direct;
        for (Hop hop : nearestFirst) {
            Optional<Way> before = hop.before(way);
            if (before.isEmpty()) {
                return before;
            }
            way = before.get();
            if (hop.hides() || !include(way.remote())) {
                break;
            }
        }
        return Optional.of(way);
    }
}
