package io.parley.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.HookTargets;
import io.parley.config.Network;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "1.1.1.1, true, public",
        "93.184.216.34, true, public",
        "223.255.255.255, true, the last that was given out",
        "0.0.0.0, false, unspecified",
        "0.1.2.3, false, this network",
        "10.0.0.1, false, private",
        "172.16.0.1, false, private",
        "172.31.255.255, false, private",
        "172.32.0.1, true, past private",
        "192.168.1.1, false, private",
        "100.64.0.1, false, carriers",
        "168.63.129.16, false, the host of an Azure machine",
        "100.127.255.255, false, carriers",
        "100.128.0.1, true, past carriers",
        "127.0.0.1, false, loopback",
        "127.255.255.254, false, loopback",
        "169.254.169.254, false, the metadata of a cloud",
        "192.0.0.8, false, protocols",
        "192.0.2.1, false, documentation",
        "192.88.99.1, false, relays",
        "198.18.0.1, false, benchmarks",
        "198.51.100.1, false, documentation",
        "203.0.113.1, false, documentation",
        "224.0.0.1, false, multicast",
        "240.0.0.1, false, reserved",
        "255.255.255.255, false, broadcast",
        "2606:4700:4700::1111, true, public",
        "::, false, unspecified",
        "::1, false, loopback",
        "fe80::1, false, link-local",
        "fec0::1, false, site-local",
        "fc00::1, false, unique local",
        "fd12:3456::1, false, unique local",
        "ff02::1, false, multicast",
        "2001:db8::1, false, documentation",
        "2001::1, false, Teredo",
        "3fff::1, false, documentation",
        "::ffff:127.0.0.1, false, IPv4 as IPv6",
        "::ffff:1.1.1.1, true, IPv4 as IPv6",
        "::127.0.0.1, false, IPv4 as IPv6 of old",
        "64:ff9b::10.0.0.1, false, NAT64 of a private one",
        "64:ff9b::1.1.1.1, true, NAT64 of a public one",
        "64:ff9b:1::1.1.1.1, false, a local NAT64",
        "2002:7f00:1::1, false, 6to4 of loopback",
        "2002:c0a8:101::1, false, 6to4 of a private one",
        "2002:101:101::1, true, 6to4 of a public one",
        "100::1, false, discarded"
    })
    void publicIsWhatTheRegistriesSay(String address, boolean isPublic, String kind) {
        assertEquals(isPublic, PublicAddresses.isPublic(Network.literal(address).orElseThrow()), kind);
    }

    @Test
    void whatIsListedIsAllowedAndNothingBesideIt() throws Exception {
        PublicAddresses rule = new PublicAddresses(new HookTargets(
                Set.of("ci.internal"), List.of(Network.read("10.1.0.0/16").orElseThrow())));
        assertTrue(rule.allow("CI.internal", Network.literal("192.168.1.1").orElseThrow()));
        assertTrue(rule.allow("elsewhere", Network.literal("10.1.255.1").orElseThrow()));
        assertTrue(rule.allow("elsewhere", Network.literal("::ffff:10.1.0.1").orElseThrow()));
        assertFalse(rule.allow("elsewhere", Network.literal("10.2.0.1").orElseThrow()));
        assertFalse(rule.allow("elsewhere", Network.literal("192.168.1.1").orElseThrow()));
        assertFalse(rule.allow("x.ci.internal", Network.literal("127.0.0.1").orElseThrow()));
    }
}
