package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.Limits;
import io.parley.conformance.Covers;
import io.parley.delivery.FakeTransport.Ending;
import io.parley.room.RoomName;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients that come, go, post, stall and come back, from several threads: every reader sees every entry once and in order. */
class DeliveryStormTest {
    private static final List<String> ROOMS = List.of("lobby", "den", "attic");
    private static final int THREADS = 3;
    private static final int GUESTS = 8;
    private static final int STEPS = 250;

    private final Map<String, Map<Long, String>> texts = new ConcurrentHashMap<>();

    DeliveryStormTest() {
        ROOMS.forEach(room -> texts.put(room, new ConcurrentHashMap<>()));
    }

    @ParameterizedTest
    @ValueSource(ints = {64 * 1024 * 1024, 20_000, 1})
    @Covers("join-after")
    void everyReaderSeesEveryEntryOnceAndInOrder(int tailBytes) throws Exception {
        long seed = new Random().nextLong();
        Limits limits = SomeLimits.withoutRates(
                "tailBytes", tailBytes, "frameBytes", 32_000, "batchBytes", 16_000, "pending", 1_000);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Parlour parlour = new Parlour(limits)) {
            ROOMS.forEach(parlour::open);
            List<Future<List<Party>>> done = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(seed + i);
                Callable<List<Party>> storm = () -> storm(parlour, random);
                done.add(threads.submit(storm));
            }
            for (Future<List<Party>> each : done) {
                for (Party party : each.get(60, TimeUnit.SECONDS)) {
                    party.awaitHeads();
                    party.guest.transport().hangUp();
                }
            }
            parlour.awaitEmpty();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Party> storm(Parlour parlour, Random random) {
        List<Party> parties = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            if (parties.size() < GUESTS) {
                parties.add(new Party(parlour, random));
            }
            int place = random.nextInt(parties.size());
            Party party = parties.get(place);
            if (random.nextInt(40) == 0) {
                parties.set(place, party.comeBack());
            } else {
                party.step();
            }
        }
        parties.forEach(party -> party.guest.transport().writesEnd(Ending.AT_ONCE));
        return parties;
    }

    /** One client and what it must see. Confined to one thread at a time. */
    private final class Party {
        private final Parlour parlour;
        private final Random random;
        private final Guest guest;
        private final Follower follower = new Follower(texts);
        private final Map<String, String> epochs = new HashMap<>();
        private int linesRead;

        Party(Parlour parlour, Random random) {
            this.parlour = parlour;
            this.random = random;
            guest = parlour.guest(random.nextBoolean() ? Ending.AT_ONCE : Ending.ON_ANOTHER_THREAD);
        }

        void step() {
            String room = ROOMS.get(random.nextInt(ROOMS.size()));
            switch (random.nextInt(12)) {
                case 0 -> join(room, "'last':" + random.nextInt(5));
                case 1 -> rejoin(room);
                case 2 -> send("{'do':'leave','room':'" + room + "'}");
                case 3 -> guest.transport().writesEnd(Ending.WHEN_TOLD);
                case 4 -> guest.transport().writesEnd(Ending.AT_ONCE);
                case 5 -> guest.transport().writesEnd(Ending.ON_ANOTHER_THREAD);
                case 6 -> amend(room);
                default -> {
                    for (int posts = random.nextInt(4); posts >= 0; posts--) {
                        send("{'do':'post','room':'" + room + "','text':'" + random.nextInt() + "'}");
                    }
                }
            }
            read();
        }

        /** Something about a message that may be there, and may be one's own. */
        private void amend(String room) {
            long newest = follower.next().getOrDefault(room, 2L);
            String about = "'room':'" + room + "','seq':" + (1 + random.nextInt((int) newest));
            switch (random.nextInt(3)) {
                case 0 -> send("{'do':'edit'," + about + ",'text':'" + random.nextInt() + "'}");
                case 1 -> send("{'do':'delete'," + about + "}");
                default -> send("{'do':'react'," + about + ",'emoji':'+1','on':" + random.nextBoolean() + "}");
            }
        }

        /** The same person by a new connection, from the positions where the old one was. */
        Party comeBack() {
            if (random.nextBoolean()) {
                guest.transport().hangUp();
            } else {
                guest.connection().close(CloseReason.NORMAL);
                guest.transport().writesEnd(Ending.AT_ONCE);
            }
            read();
            Party again = new Party(parlour, random);
            follower.next().forEach((room, next) -> {
                String epoch = epochs.get(room);
                if (epoch != null) {
                    again.join(room, "'after':" + (next - 1) + ",'epoch':'" + epoch + "'");
                }
            });
            return again;
        }

        /** Waits until everything that was said has come. */
        void awaitHeads() {
            read();
            for (String room : List.copyOf(follower.next().keySet())) {
                long head = head(room);
                Await.until("entry " + head + " of " + room + " for a reader at " + follower.next(), () -> {
                    read();
                    Long next = follower.next().get(room);
                    // The reply to a leave may be among what is read only now: nothing more comes of that room.
                    return next == null || next > head;
                });
                Long next = follower.next().get(room);
                // Posts that nobody waited for may still be on their way into the log, but never past it.
                assertTrue(next == null || next - 1 <= head(room), () -> next + " of " + room + " is not in the log");
            }
        }

        private long head(String room) {
            return parlour.log.find(new RoomName(room)).orElseThrow().head();
        }

        private void rejoin(String room) {
            Long next = follower.next().get(room);
            String epoch = epochs.get(room);
            if (next != null && epoch != null) {
                join(
                        room,
                        "'after':" + (next - 1 - random.nextInt((int) Math.min(next, 60))) + ",'epoch':'" + epoch
                                + "'");
            }
        }

        private void join(String room, String from) {
            send("{'do':'join','room':'" + room + "'," + from + "}");
        }

        private void send(String command) {
            int id = guest.sendWithId(command);
            follower.sent(
                    id,
                    Json.createReader(new StringReader(command.replace('\'', '"')))
                            .readObject());
        }

        private void read() {
            List<JsonObject> lines = guest.lines();
            for (; linesRead < lines.size(); linesRead++) {
                JsonObject line = lines.get(linesRead);
                follower.read(line);
                if (line.containsKey("ok") && line.getJsonObject("ok").containsKey("epoch")) {
                    JsonObject ok = line.getJsonObject("ok");
                    epochs.put(ok.getString("room"), ok.getString("epoch"));
                }
            }
        }
    }
}
