package io.parley.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.config.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is believed of whom. The proxies are 10.0.0.0/8 and fd00::1; who asks directly is 10.0.0.1 unless told otherwise. */
class ProxiesTest {
    private static final Proxies PROXIES = new Proxies(Stream.of("10.0.0.0/8", "fd00::1")
            .map(network -> Network.read(network).orElseThrow())
            .toList());
    private static final String DIRECT = "10.0.0.1";
    private static final Way WAY = new Way(DIRECT, "inner:8080", false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.2.3.4 | 1.2.3.4",
                "1.2.3.4:5678 | 1.2.3.4",
                "2001:db8::1 | 2001:db8:0:0:0:0:0:1",
                "[2001:db8::1] | 2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]:443 | 2001:db8:0:0:0:0:0:1",
                "::ffff:1.2.3.4 | 1.2.3.4",
                "6.6.6.6, 1.2.3.4 | 1.2.3.4",
                "6.6.6.6,1.2.3.4,10.0.0.9 | 1.2.3.4",
                "1.2.3.4, [fd00::1]:80, 10.0.0.9 | 1.2.3.4",
                "10.0.0.8, 10.0.0.9 | 10.0.0.8",
                "garbage, 1.2.3.4 | 1.2.3.4",
                "unknown | 10.0.0.1",
                "6.6.6.6, unknown | 10.0.0.1",
                "6.6.6.6, _hidden, 10.0.0.9 | 10.0.0.9",
                "1.2.3.4, garbage | 10.0.0.1",
                "1.2.3.256 | 10.0.0.1",
                "1.2.3.4:port | 10.0.0.1",
                "localhost | 10.0.0.1",
                "'' | 10.0.0.1",
                ", , | 10.0.0.1"
            })
    void theUsualHeaderIsReadFromTheRight(String chain, String client) {
        assertEquals(new Way(client, "inner:8080", false), way(DIRECT, "X-Forwarded-For", chain));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=1.2.3.4 | 1.2.3.4 | inner:8080 | false",
                "For=\"1.2.3.4:99\";Proto=HTTPS;by=10.0.0.1 | 1.2.3.4 | inner:8080 | true",
                "for=\"[2001:db8::1]:4711\" | 2001:db8:0:0:0:0:0:1 | inner:8080 | false",
                "for=1.2.3.4;host=chat.example.com;proto=https | 1.2.3.4 | chat.example.com | true",
                "for=1.2.3.4;host=\"chat.example.com:8443\" | 1.2.3.4 | chat.example.com:8443 | false",
                "for=6.6.6.6;proto=http;host=evil, for=1.2.3.4;proto=https;host=good | 1.2.3.4 | good | true",
                "for=1.2.3.4;proto=https;host=good, for=10.0.0.9;proto=http;host=next | 1.2.3.4 | good | true",
                "for=unknown;proto=https | 10.0.0.1 | inner:8080 | true",
                "for=_gazonk;proto=https, for=10.0.0.9 | 10.0.0.9 | inner:8080 | true",
                "proto=https | 10.0.0.1 | inner:8080 | true",
                "for=\"1.2.3.4\" ; proto=https | 1.2.3.4 | inner:8080 | true",
                "for=\"_a\\\"b,c\", for=1.2.3.4 | 1.2.3.4 | inner:8080 | false",
                "for=\"1.2.3.4 | 10.0.0.1 | inner:8080 | false",
                "for=1.2.3.4;for=1.2.3.5 | 10.0.0.1 | inner:8080 | false",
                "for=1.2.3.4;proto=gopher | 10.0.0.1 | inner:8080 | false",
                "for=1.2.3.4;host=\"a b\" | 10.0.0.1 | inner:8080 | false",
                "1.2.3.4 | 10.0.0.1 | inner:8080 | false",
                "for 1.2.3.4 | 10.0.0.1 | inner:8080 | false"
            })
    void theStandardHeaderIsReadFromTheRight(String forwarded, String client, String host, boolean secure) {
        assertEquals(new Way(client, host, secure), way(DIRECT, "Forwarded", forwarded));
    }

    @Test
    void aHeaderMayComeInSeveralLines() {
        assertEquals(
                "1.2.3.4",
                way(DIRECT, "Forwarded", "for=6.6.6.6", "Forwarded", "for=1.2.3.4")
                        .remote());
        assertEquals(
                "1.2.3.4",
                way(DIRECT, "X-Forwarded-For", "6.6.6.6", "X-Forwarded-For", "1.2.3.4")
                        .remote());
    }

    @Test
    void protocolAndHostAreThoseOfTheHopThatWasTheClients() {
        assertEquals(
                new Way("1.2.3.4", "chat.example.com", true),
                way(
                        DIRECT,
                        "X-Forwarded-For",
                        "1.2.3.4",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "chat.example.com"));
        assertEquals(
                new Way("1.2.3.4", "inner:8080", false),
                way(DIRECT, "X-Forwarded-For", "1.2.3.4", "X-Forwarded-Proto", "https, http"));
        assertEquals(
                new Way("1.2.3.4", "inner:8080", true),
                way(DIRECT, "X-Forwarded-For", "1.2.3.4, 10.0.0.9", "X-Forwarded-Proto", "https, http"));
        assertEquals(new Way(DIRECT, "inner:8080", true), way(DIRECT, "X-Forwarded-Proto", "wss"));
        assertEquals(WAY, way(DIRECT, "X-Forwarded-For", "1.2.3.4", "X-Forwarded-Host", "a/b"));
    }

    @Test
    void nobodyElseIsBelieved() {
        Way direct = new Way("11.0.0.1", "inner:8080", false);
        String[] all = {"X-Forwarded-For", "1.2.3.4", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "x"};
        assertEquals(direct, way("11.0.0.1", all));
        assertEquals(direct, way("11.0.0.1", "Forwarded", "for=1.2.3.4;proto=https;host=x"));
        assertEquals(WAY, Proxies.NONE.way(WAY, name -> List.of("for=1.2.3.4")));
        assertEquals("unknown", way("unknown", all).remote());
    }

    @Test
    void whereTwoHeadersDisagreeNeitherIsBelieved() {
        assertEquals(WAY, way(DIRECT, "X-Forwarded-For", "1.2.3.4", "Forwarded", "for=6.6.6.6"));
        assertEquals(WAY, way(DIRECT, "X-Forwarded-For", "1.2.3.4", "Forwarded", "for=1.2.3.4;proto=https"));
        assertEquals(
                new Way("1.2.3.4", "inner:8080", true),
                way(
                        DIRECT,
                        "X-Forwarded-For",
                        "1.2.3.4",
                        "X-Forwarded-Proto",
                        "https",
                        "Forwarded",
                        "for=1.2.3.4;proto=https"));
    }

    @Test
    void whatIsTooLongSaysNothing() {
        assertEquals(WAY, way(DIRECT, "X-Forwarded-For", "6.6.6.6,".repeat(600) + "1.2.3.4"));
        assertEquals(WAY, way(DIRECT, "X-Forwarded-For", "6,".repeat(60) + "1.2.3.4"));
        assertEquals(WAY, way(DIRECT, "Forwarded", "for=6.6.6.6,".repeat(400) + "for=1.2.3.4"));
        assertEquals(WAY, way(DIRECT, "Forwarded", "for=6,".repeat(60) + "for=1.2.3.4"));
        assertEquals(WAY, way(DIRECT, "Forwarded", "for=\"" + "\\\"".repeat(3_000)));
    }

    @Test
    void whateverComesNothingIsThrown() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String letters = "for=proto;host,\"\\[]:.0129af_ unkow\t\u00e9";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder word = new StringBuilder();
            random.ints(random.nextInt(40), 0, letters.length()).forEach(at -> word.append(letters.charAt(at)));
            String name =
                    random.nextBoolean() ? "Forwarded" : random.nextBoolean() ? "X-Forwarded-For" : "X-Forwarded-Host";
            assertDoesNotThrow(() -> way(DIRECT, name, word.toString()), () -> "seed " + seed);
        }
    }

    private static Way way(String remote, String... headers) {
        return PROXIES.way(new Way(remote, WAY.host(), WAY.secure()), name -> {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < headers.length; i += 2) {
                if (headers[i].equals(name)) {
                    values.add(headers[i + 1]);
                }
            }
            return values;
        });
    }
}
