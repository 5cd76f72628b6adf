package io.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoomStreamTest {
    private static final int TEXT_BYTES = 64;
    private static final int MOST_BEHIND = 64;
    private static final int MOST_BYTES = 64 * 1024;

    private final Tally tally = new Tally();
    private final Authors authors = new Authors(2, TEXT_BYTES);
    private final RoomStream stream = new RoomStream(authors, tally, MOST_BEHIND, MOST_BYTES);
    private final RoomStream.Cursor first = stream.reader();
    private final RoomStream.Cursor second = stream.reader();

    @Test
    void joinedMessagesAreCountedOneByOne() {
        List<String> lines = posts(10);
        lines.forEach(line -> take(first, line));
        assertTrue(takeKnown(second, String.join("\n", lines.subList(0, 4))));
        assertTrue(takeKnown(second, String.join("\n", lines.subList(4, 10))));
        assertEquals(10, second.index());
        assertEquals(20, tally.deliveries);
        assertEquals(10, tally.complete);
        assertEquals(20, tally.delivered.count());
        assertEquals(10, tally.seenByAll.count());
    }

    @Test
    void aPostIsCompleteWhenTheLastReaderHasSeenIt() {
        List<String> lines = posts(3);
        tally.posts = 3;
        lines.forEach(line -> take(first, line));
        assertEquals(3, tally.inFlight());
        take(second, lines.get(0));
        assertEquals(2, tally.inFlight());
    }

    @Test
    void aGapIsFoundAtWhoeverIsShownItFirst() {
        List<String> lines = posts(3);
        take(first, lines.get(0));
        assertBroken("gap", () -> take(first, lines.get(2)));
    }

    @Test
    void aDoubleIsFoundAtWhoeverIsShownItFirst() {
        List<String> lines = posts(2);
        take(first, lines.get(0));
        assertBroken("doubled", () -> take(first, lines.get(0)));
    }

    @Test
    void aGapADoubleAndAnotherOrderAreFoundAtTheOthers() {
        List<String> lines = posts(3);
        lines.forEach(line -> take(first, line));
        assertFalse(takeKnown(second, lines.get(1)));
        assertBroken("something else", () -> take(second, lines.get(1)));
        take(second, lines.get(0));
        assertFalse(takeKnown(second, lines.get(0)));
        assertBroken("something else", () -> take(second, lines.get(0)));
        assertFalse(takeKnown(second, lines.get(2) + "\n" + lines.get(1)));
        assertBroken("something else", () -> take(second, lines.get(2)));
    }

    @Test
    void aGapWithinJoinedMessagesIsFound() {
        List<String> lines = posts(3);
        lines.forEach(line -> take(first, line));
        assertFalse(takeKnown(second, lines.get(0) + "\n" + lines.get(2)));
        assertEquals(0, second.index());
    }

    @Test
    void aChangedByteIsFound() {
        String line = posts(1).get(0);
        take(first, line);
        String changed = line.substring(0, line.length() - 1) + "y";
        assertFalse(takeKnown(second, changed));
        assertBroken("something else", () -> take(second, changed));
    }

    @Test
    void aMessageThatIsCutShortIsFound() {
        String line = posts(1).get(0);
        take(first, line);
        String half = line.substring(0, 40);
        assertFalse(takeKnown(second, half));
        assertBroken("something else", () -> take(second, half));
    }

    @Test
    void whatNobodyHasSentIsFound() {
        String line = posts(1).get(0);
        assertBroken(
                "nobody has sent", () -> take(first, line.replace("#bench 0000 000000000", "#bench 0001 000000000")));
        assertBroken("none of ours", () -> take(first, "hello"));
    }

    @Test
    void aReaderWhoIsTooFarBehindIsFound() {
        List<String> lines = posts(MOST_BEHIND);
        assertBroken("behind", () -> lines.forEach(line -> take(first, line)));
    }

    @Test
    void streamsOfAnyLengthAreHeldAgainstEachOther() {
        long seed = System.nanoTime();
        System.getLogger("bench").log(System.Logger.Level.INFO, "seed {0}", seed);
        Random random = new Random(seed);
        int total = 20_000;
        int behind = 0;
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < total; i++) {
            String line = authors.next(random.nextInt(2), i);
            take(first, line);
            joined.append(joined.length() == 0 ? "" : "\n").append(line);
            if (++behind == MOST_BEHIND / 2 || random.nextInt(8) == 0) {
                assertTrue(takeKnown(second, joined.toString()), "seed " + seed);
                joined.setLength(0);
                behind = 0;
            }
        }
        assertEquals(total - behind, second.index());
        assertEquals(total - behind, tally.complete);
    }

    private List<String> posts(int count) {
        return IntStream.range(0, count).mapToObj(i -> authors.next(0, i)).toList();
    }

    private void take(RoomStream.Cursor reader, String line) {
        stream.take(reader, line.getBytes(StandardCharsets.UTF_8), System.nanoTime());
    }

    private boolean takeKnown(RoomStream.Cursor reader, String lines) {
        return stream.takeKnown(reader, ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)), System.nanoTime());
    }

    private static void assertBroken(String why, Runnable act) {
        Broken broken = assertThrows(Broken.class, act::run);
        assertTrue(String.valueOf(broken.getMessage()).contains(why), broken::toString);
    }
}
