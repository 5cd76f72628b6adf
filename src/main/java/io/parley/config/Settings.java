package io.parley.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator has set. Immutable; made by {@code SettingsLoader}.
 *
 * @param host address that the embedded server binds to, and no other; {@code 127.0.0.1} unless set
 * @param port port of the embedded server; 0 picks a free one
 * @param data folder of the store
 * @param guests whether somebody without an account may talk
 * @param origins foreign origins ({@code scheme://host[:port]}) whose pages may connect
 * @param hosts names by which the server may be addressed; beside loopback's when it is bound to loopback; empty: any when it is not
 * @param proxies reverse proxies, whose word about clients is believed
 * @param hookTargets where outgoing webhooks may go although it is no public address
 * @param tls by what the embedded server shows who it is; empty when it speaks plainly
 * @param limits the bounds of everything that a peer can make grow
 */
public record Settings(
        String host,
        int port,
        Path data,
        boolean guests,
        Set<String> origins,
        Set<String> hosts,
        List<Network> proxies,
        HookTargets hookTargets,
        Optional<Tls> tls,
        Limits limits) {

    public Settings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535");
        }
        origins = Set.copyOf(origins);
        hosts = Set.copyOf(hosts);
        proxies = List.copyOf(proxies);
    }

    /** Without TLS, proxies and targets of webhooks. */
    public Settings(
            String host, int port, Path data, boolean guests, Set<String> origins, Set<String> hosts, Limits limits) {
        this(host, port, data, guests, origins, hosts, List.of(), HookTargets.NONE, Optional.empty(), limits);
    }
}
