package io.parley.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.ParleyProcess;
import io.parley.crash.Client;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who posts as fast as a connection carries it. */
class FlooderIT {
    private static final int POSTS_PER_SECOND = 10;
    private static final int BURST = 40;
    private static final int UNDER_WAY = 32;
    private static final int SECONDS = 5;

    @Test
    void aFlooderIsThrottledAndNobodyNotices(@TempDir Path data) throws Exception {
        try (ParleyProcess server =
                new ParleyProcess(data, "limits.postsPerSecond=" + POSTS_PER_SECOND, "limits.postsBurst=" + BURST)) {
            server.start();
            try (Talk talk = new Talk(server.chat(), "talk");
                    Flooder flooder = new Flooder(server)) {
                talk.say("before");
                Thread flood = new Thread(flooder, "flooder");
                flood.start();
                long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                for (int said = 0; System.nanoTime() < until; said++) {
                    talk.say("number " + said);
                    // As slowly as the limit, which holds for them too, allows.
                    TimeUnit.NANOSECONDS.timedJoin(flood, TimeUnit.MILLISECONDS.toNanos(110));
                }
                flooder.enough = true;
                flood.join();
                assertEquals("", flooder.complaint);
                assertTrue(flooder.refused > 100 * SECONDS, "only " + flooder.refused + " posts were refused");
                long allowed = BURST + (long) POSTS_PER_SECOND * (SECONDS + 2);
                assertTrue(flooder.taken >= BURST && flooder.taken <= allowed, flooder.taken + " posts were taken");
                assertTrue(talk.slowestMillis() < 1_000, "a message took too long");
            }
        }
    }

    /** Keeps as many posts under way as a connection may, to a room of its own. Confined to its thread, but for the result. */
    private static final class Flooder implements Runnable, AutoCloseable {
        private final Client client;
        private volatile boolean enough;
        private volatile long taken;
        private volatile long refused;
        private volatile String complaint = "";

        Flooder(ParleyProcess server) {
            client = Client.connect(server.chat());
            client.ok("hello", Map.of());
            client.ok("open", Map.of("room", "flood", "kind", "public"));
        }

        @Override
        public void run() {
            long accepted = 0;
            long rejected = 0;
            ArrayDeque<CompletableFuture<JsonObject>> underWay = new ArrayDeque<>();
            while (!enough && complaint.isEmpty()) {
                underWay.add(client.ask("post", Map.of("room", "flood", "text", "buy this")));
                if (underWay.size() == UNDER_WAY) {
                    JsonObject reply = underWay.remove()
                            .orTimeout(Client.PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .join();
                    if (reply.containsKey("ok")) {
                        accepted++;
                    } else if (reply.getJsonObject("error").getString("code").equals("rate_limited")) {
                        rejected++;
                    } else {
                        complaint = reply.toString();
                    }
                }
            }
            taken = accepted;
            refused = rejected;
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
