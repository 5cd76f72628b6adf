package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.delivery.FakeTransport.Ending;
import io.parley.room.RoomLogException;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers that take their time: what they cost, and that they miss nothing. */
class SlowReaderTest {
    private static final int WHOLE_TAIL = 64 * 1024 * 1024;
    private static final int NO_TAIL = 1;

    @ParameterizedTest
    @ValueSource(ints = {WHOLE_TAIL, NO_TAIL})
    @Covers("slow-lag")
    void aSlowReaderHasOneFrameInFlightAndGetsTheRestJoined(int tailBytes) {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("tailBytes", tailBytes))) {
            Guest ann = parlour.guest("Ann");
            Guest slow = parlour.guest("Slow");
            ann.join("lobby");
            slow.join("lobby");
            int before = slow.transport().frames().size();
            slow.transport().writesEnd(Ending.WHEN_TOLD);
            post(ann, "lobby", 100);
            assertEquals(before + 1, slow.transport().frames().size());
            slow.transport().writesEnd(Ending.AT_ONCE);
            slow.awaitSeq("lobby", 100);
            assertEquals(upTo(100), slow.seqs("lobby"));
            assertTrue(
                    slow.transport().frames().size() < before + 10,
                    "sent " + slow.transport().frames().size() + " frames");
        }
    }

    @Test
    void aSlowReaderDelaysNobody() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates(), 1)) {
            Guest ann = parlour.guest("Ann");
            Guest slow = parlour.guest("Slow");
            slow.join("lobby");
            ann.join("lobby");
            slow.transport().writesEnd(Ending.WHEN_TOLD);
            post(ann, "lobby", 50);
            assertEquals(upTo(50), ann.seqs("lobby"));
            slow.transport().hangUp();
        }
    }

    @Test
    @Covers({"bytes-same", "join-after"})
    void catchingUpFromTheLogIsGaplessAndEqualToLive() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("tailBytes", NO_TAIL))) {
            Guest ann = parlour.guest("Ann");
            String epoch = ann.join("lobby").getString("epoch");
            ann.send("{'do':'post','room':'lobby','text':'waves','style':'action','key':'k1'}");
            post(ann, "lobby", 300);
            ann.awaitSeq("lobby", 301);
            for (long after : List.of(0L, 1L, 150L, 300L)) {
                Guest late = parlour.guest("Late " + after);
                late.ask("{'do':'join','room':'lobby','after':" + after + ",'epoch':'" + epoch + "'}");
                late.awaitSeq("lobby", 301);
                assertEquals(messages(ann).subList((int) after, 301), messages(late));
            }
            assertTrue(parlour.meters.counter("parley.catchup.pages").count() > 0, "the log was read");
        }
    }

    @Test
    void onePageIsReadForAllWhoWaitForIt() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("tailBytes", NO_TAIL), 1)) {
            Guest ann = parlour.guest("Ann");
            String epoch = ann.join("lobby").getString("epoch");
            post(ann, "lobby", 10);
            List<Guest> late = IntStream.range(0, 50)
                    .mapToObj(i -> parlour.guest("Late " + i))
                    .toList();
            // Both readers stand still until all have asked.
            Gate gate = new Gate();
            parlour.readers.execute(gate::pass);
            parlour.readers.execute(gate::pass);
            late.forEach(guest -> guest.sendWithId("{'do':'join','room':'lobby','after':0,'epoch':'" + epoch + "'}"));
            double before = parlour.meters.counter("parley.catchup.pages").count();
            late.forEach(guest -> guest.reply(2));
            gate.open();
            late.forEach(guest -> {
                guest.awaitSeq("lobby", 10);
                assertEquals(upTo(10), guest.seqs("lobby"));
            });
            assertEquals(1, parlour.meters.counter("parley.catchup.pages").count() - before);
        }
    }

    @Test
    @Covers("join-after")
    void aReaderPassesFromTheLogToTheTailWhileOthersPost() {
        // Texts of ten pages; the tail holds a little of one.
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("tailBytes", 20_000, "pending", 1_000))) {
            Guest ann = parlour.guest("Ann");
            String epoch = ann.join("lobby").getString("epoch");
            int posts = 400;
            post(ann, "lobby", posts);
            Guest late = parlour.guest("Late");
            late.transport().writesEnd(Ending.ON_ANOTHER_THREAD);
            late.sendWithId("{'do':'join','room':'lobby','after':0,'epoch':'" + epoch + "'}");
            for (int i = 0; i < posts; i++) {
                ann.post("lobby", "text");
                if (i % 40 == 0) {
                    ann.awaitSeq("lobby", posts + i + 1);
                }
            }
            ann.awaitSeq("lobby", 2L * posts);
            late.awaitSeq("lobby", 2L * posts);
            assertEquals(upTo(2 * posts), late.seqs("lobby"));
            assertEquals(upTo(2 * posts), ann.seqs("lobby"));
        }
    }

    @Test
    void aReaderIsServedThoughTheLogFailsForAWhile() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("tailBytes", NO_TAIL))) {
            Guest ann = parlour.guest("Ann");
            String epoch = ann.join("lobby").getString("epoch");
            post(ann, "lobby", 10);
            Guest late = parlour.guest("Late");
            AtomicInteger failures = new AtomicInteger(2);
            parlour.log.beforeReading(() -> {
                if (failures.getAndDecrement() > 0) {
                    throw new RoomLogException(RoomLogException.Fault.UNAVAILABLE, "no disk", new Exception());
                }
            });
            late.ask("{'do':'join','room':'lobby','after':0,'epoch':'" + epoch + "'}");
            late.awaitSeq("lobby", 10);
            assertEquals(upTo(10), late.seqs("lobby"));
        }
    }

    @Test
    void aReaderFarBehindGivesWayToOthers() {
        // Frames of one entry each.
        try (Parlour parlour = new Parlour(
                SomeLimits.withoutRates("textLength", 16, "frameBytes", 1_024, "batchBytes", 512, "pending", 1_000),
                1)) {
            Guest ann = parlour.guest("Ann");
            Guest slow = parlour.guest("Slow");
            ann.join("lobby");
            slow.join("lobby");
            slow.transport().writesEnd(Ending.WHEN_TOLD);
            int posts = 400;
            post(ann, "lobby", posts);
            int before = slow.transport().frames().size();
            AtomicInteger atTheAnswer = new AtomicInteger();
            slow.transport().atFrame(before + 1, () -> ann.sendWithId("{'do':'ping'}"));
            ann.transport()
                    .atFrame(
                            ann.transport().frames().size(),
                            () -> atTheAnswer.set(slow.transport().frames().size()));
            slow.transport().writesEnd(Ending.AT_ONCE);
            slow.awaitSeq("lobby", posts);
            assertEquals(upTo(posts), slow.seqs("lobby"));
            assertTrue(
                    atTheAnswer.get() < before + posts / 4,
                    "answered after " + (atTheAnswer.get() - before) + " frames for another");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {WHOLE_TAIL, NO_TAIL})
    @Covers("chat-message")
    void peopleGetEveryMessageAsAFrameOfItsOwn(int tailBytes) {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("tailBytes", tailBytes))) {
            Chatter bob = parlour.chatter(Optional.empty(), "Bob");
            bob.await("* you are in lobby, here: 1");
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            bob.transport().writesEnd(Ending.WHEN_TOLD);
            post(ann, "lobby", 50);
            long readBefore = parlour.log.entriesRead();
            bob.transport().writesEnd(Ending.AT_ONCE);
            bob.await("Ann: text 50");
            assertEquals(
                    IntStream.rangeClosed(1, 50).mapToObj(i -> "Ann: text " + i).toList(),
                    bob.lines().stream()
                            .filter(line -> line.startsWith("Ann: "))
                            .toList());
            // Not a page for each frame: what is read is what is sent.
            assertTrue(parlour.log.entriesRead() - readBefore <= 60, () -> "read " + parlour.log.entriesRead());
        }
    }

    /** Posts texts, and waits until their author has them. */
    private static void post(Guest author, String room, int count) {
        long before = author.seqs(room).stream().mapToLong(seq -> seq).max().orElse(0);
        for (int i = 1; i <= count; i++) {
            author.post(room, "text " + i);
            if (i % 20 == 0) {
                author.awaitSeq(room, before + i);
            }
        }
        author.awaitSeq(room, before + count);
    }

    private static List<JsonObject> messages(Guest guest) {
        return guest.lines().stream()
                .filter(line -> Guest.isEntry(line, "lobby"))
                .toList();
    }

    private static List<Long> upTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
