package io.parley.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchReaderTest {
    private static final int POSTS = 4;

    private final BenchTally tally = new BenchTally("run", POSTS);
    private final BenchReader reader = new BenchReader(tally);

    @BeforeEach
    void join() {
        reader.take("""
                {"re":1,"ok":{"server":{"name":"Parley","version":"1"}}}
                {"re":2,"ok":{"room":"parley-bench"}}
                {"re":3,"ok":{"room":"parley-bench","head":7}}""");
        assertTrue(reader.hasJoined());
        assertEquals("Parley 1", reader.server());
        for (int post = 0; post < POSTS; post++) {
            tally.sent(post);
            tally.acknowledged(post);
        }
    }

    @Test
    void whoeverIsShownEverythingHasNothingToSay() {
        reader.take(message(8, "bench run 0") + "\n" + message(9, "bench run 1"));
        reader.take("{\"type\":\"presence\",\"room\":\"parley-bench\",\"presentCount\":2}");
        reader.take(message(10, "bench of-another 0"));
        reader.take(message(11, "bench run 2") + "\n" + message(12, "bench run 3"));
        assertEquals(Optional.empty(), tally.verdict(1));
        assertTrue(tally.isDone(1));
        List<String> report = tally.report(1, 1_000_000_000);
        assertEquals("posts         4, of which 4 were acknowledged", report.get(0));
        assertEquals("deliveries    4 of 4, 4 a second", report.get(1));
        assertEquals(List.of("gaps          0", "doubles       0"), report.subList(4, 6));
    }

    @Test
    void aGapIsFound() {
        reader.take(message(8, "bench run 0"));
        reader.take(message(11, "bench run 3"));
        assertEquals(Optional.of("2 entries were missing and 0 double"), tally.verdict(1));
    }

    @Test
    void aGapAtTheBeginningIsFound() {
        reader.take(message(9, "bench run 1"));
        assertEquals(Optional.of("1 entries were missing and 0 double"), tally.verdict(1));
    }

    @Test
    void aDoubleIsFound() {
        reader.take(message(8, "bench run 0"));
        reader.take(message(8, "bench run 0"));
        assertEquals(Optional.of("0 entries were missing and 1 double"), tally.verdict(1));
    }

    @Test
    void anEndThatNeverCameIsFound() {
        reader.take(message(8, "bench run 0") + "\n" + message(9, "bench run 1"));
        assertFalse(tally.isDone(1));
        assertEquals(
                Optional.of("0 posts were not acknowledged and 2 deliveries did not come in time"), tally.verdict(1));
    }

    @Test
    void aRefusalEndsItWithItsReason() {
        reader.take("{\"re\":10,\"error\":{\"code\":\"rate_limited\",\"message\":\"not so fast\"}}");
        assertFalse(tally.isWhole());
        CommandFailure failure = assertThrows(CommandFailure.class, reader::check);
        assertEquals("the server refuses: not so fast (rate_limited)", failure.line());
    }

    @Test
    void whatIsNoSuperchatEndsIt() {
        reader.take("hello");
        assertTrue(
                assertThrows(CommandFailure.class, reader::check).line().startsWith("what it sends is no superchat"));
    }

    private static String message(long seq, String text) {
        return "{\"type\":\"message\",\"room\":\"parley-bench\",\"seq\":%d,\"text\":\"%s\"}".formatted(seq, text);
    }
}
