package io.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.77/8, 10.1.2.3, true",
        "192.168.0.128/25, 192.168.0.127, false",
        "192.168.0.128/25, 192.168.0.255, true",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 255.1.2.3, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "::1, ::1, true",
        "::/0, 127.0.0.1, false",
        "127.0.0.0/8, ::ffff:127.9.9.9, true",
        "::ffff:127.0.0.1, 127.0.0.1, true"
    })
    void anAddressIsInANetworkOrNot(String network, String address, boolean in) throws Exception {
        assertEquals(
                in,
                Network.read(network)
                        .orElseThrow()
                        .contains(Network.literal(address).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "::/129", "10.0.0", "10.0.0.256",
                "010.0.0.1", "1.2.3.4.5", "0x7f.0.0.1", "2130706433", "localhost", "face", "g::1", "::1%lo", "[::1]",
                "1::2::3", ".::1", "10.0.0.0/8/8"
            })
    void whatIsNoneIsNotReadAndNobodyIsAskedForItsName(String text) {
        assertEquals(true, Network.read(text).isEmpty(), text);
    }
}
