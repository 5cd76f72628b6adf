package io.parley.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where outgoing webhooks may go although it is no public address: the operator's own machines. Immutable.
 *
 * @param hosts names, in lower case; whatever they stand for is allowed
 * @param networks addresses, under whichever name
 */
public record HookTargets(Set<String> hosts, List<Network> networks) {
    /** Public addresses only. */
    public static final HookTargets NONE = new HookTargets(Set.of(), List.of());

    public HookTargets {
        hosts = Set.copyOf(hosts);
        networks = List.copyOf(networks);
    }

    /** Whether a webhook may go to that address, found under that name. */
    public boolean allow(String host, InetAddress address) {
        return hosts.contains(host.toLowerCase(Locale.ROOT))
                || networks.stream().anyMatch(network -> network.contains(address));
    }
}
