package io.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.Limits;
import io.parley.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReachTest {

    @Test
    void loopbackIsLocalhost() {
        assertEquals(List.of("http://localhost:8080/"), urls("127.0.0.1"));
        assertEquals(List.of("http://localhost:8080/"), urls("localhost"));
        assertEquals(List.of("http://127.0.0.2:8080/"), urls("127.0.0.2"));
        assertEquals(List.of("http://[0:0:0:0:0:0:0:1]:8080/"), urls("::1"));
    }

    @Test
    void allAddressesBeginWithLocalhost() {
        List<String> urls = urls("0.0.0.0");

        assertEquals("http://localhost:8080/", urls.get(0));
        assertTrue(urls.stream().allMatch(url -> url.matches("http://[a-z0-9.]+:8080/")), urls::toString);
    }

    @Test
    void aServerThatGoesByNamesIsReachedByThem() {
        assertEquals(
                List.of("http://a.example:8080/", "http://b.example:8443/"),
                urls("0.0.0.0", "b.example:8443", "a.example"));
    }

    @Test
    void onLoopbackNamesChangeNothing() {
        assertEquals(List.of("http://localhost:8080/"), urls("127.0.0.1", "a.example"));
    }

    private static List<String> urls(String host, String... names) {
        return Reach.urls(
                new Settings(host, 0, Path.of("target"), true, Set.of(), Set.of(names), Limits.defaults()), 8080);
    }
}
