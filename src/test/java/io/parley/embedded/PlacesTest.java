package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.delivery.SomeLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PlacesTest {

    private final Places places = new Places(SomeLimits.with(
            "httpConnections", 4,
            "httpConnectionsPerAddress", 3,
            "connections", 2,
            "connectionsPerAddress", 1));

    @Test
    void oneAddressDoesNotGetAllPlaces() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertTrue(places.take(address(1), false).isPresent());
        }
        assertFalse(places.take(address(1), false).isPresent());
        assertTrue(places.take(address(2), false).isPresent());
        assertFalse(places.take(address(3), false).isPresent(), "there are four in all");
        assertEquals(4, places.plain());
    }

    @Test
    void aWebSocketMakesRoomForAnotherButNotForever() throws Exception {
        for (int i = 0; i < 4; i++) {
            places.take(address(1), false).orElseThrow().upgraded();
        }
        assertEquals(0, places.plain());
        assertFalse(
                places.take(address(1), false).isPresent(), "one address has one WebSocket and three others at most");
        places.take(address(2), false).orElseThrow().upgraded();
        assertTrue(places.take(address(2), false).isPresent());
        assertFalse(places.take(address(2), false).isPresent(), "two WebSockets and four others are all");
    }

    @Test
    void whatIsGivenBackIsThereAgainHoweverItWasUsed() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Places.Place> taken = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            places.take(address(random.nextInt(4)), false).ifPresent(taken::add);
            if (!taken.isEmpty() && random.nextInt(2) == 0) {
                taken.get(random.nextInt(taken.size())).upgraded();
            }
            if (!taken.isEmpty() && random.nextInt(2) == 0) {
                Places.Place place = taken.remove(random.nextInt(taken.size()));
                place.giveBack();
                place.giveBack();
                place.upgraded();
            }
        }
        taken.forEach(Places.Place::giveBack);
        assertEquals(0, places.plain(), () -> "seed " + seed);
        oneAddressDoesNotGetAllPlaces();
    }

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
    }
}
