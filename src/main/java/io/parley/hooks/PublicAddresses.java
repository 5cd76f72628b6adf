package io.parley.hooks;

import io.parley.config.HookTargets;
import io.parley.config.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses are of the public internet (the registries of RFC 6890). Immutable.
 *
 * <p>A webhook's URL is given by somebody who may not reach what the server can: its own loopback, its neighbours, the cloud's metadata.
 */
final class PublicAddresses {
    private static final List<Network> NOT_PUBLIC = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            // What answers there is the host of an Azure machine, though the address is a public one.
            "168.63.129.16/32",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            // Multicast, reserved, broadcast.
            "224.0.0.0/3",
            // Teredo, benchmarks, ORCHID: an IPv6 address that stands for something else.
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20");

    /** Nothing else of IPv6 was given to anybody: loopback, link-local, unique local, multicast lie outside. */
    private static final Network GLOBAL_UNICAST = network("2000::/3");

    private static final Network NAT64 = network("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = network("2002::/16");
    private static final int NAT64_OFFSET = 12;
    private static final int SIX_TO_FOUR_OFFSET = 2;
    private static final int IPV4_BYTES = 4;

    private final HookTargets allowed;

    /** @param allowed where webhooks may go nevertheless */
    PublicAddresses(HookTargets allowed) {
        this.allowed = allowed;
    }

    /** Whether a webhook may go to that address, found under that name. */
    boolean allow(String host, InetAddress address) {
        return isPublic(address) || allowed.allow(host, address);
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return isPublic(ipv4(bytes, NAT64_OFFSET));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return isPublic(ipv4(bytes, SIX_TO_FOUR_OFFSET));
        }
        return (bytes.length == IPV4_BYTES || GLOBAL_UNICAST.contains(address))
                && NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
    }

    private static InetAddress ipv4(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + IPV4_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<Network> networks(String... all) {
        return Arrays.stream(all).map(PublicAddresses::network).toList();
    }

    private static Network network(String text) {
        return Network.read(text).orElseThrow();
    }
}
