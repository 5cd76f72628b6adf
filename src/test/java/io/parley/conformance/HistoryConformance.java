package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** {@code history} both ways, and how long a reply may be (docs/protocol.md §4). */
public interface HistoryConformance extends Conformance {
    /** No reply is longer. */
    int REPLY_BYTES = 256 * 1024;

    @Test
    @Covers("do-history-before")
    default void pagesBackwardsReachEveryMessageOnce() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.postMany(room, 95);
        assertEquals(LongStream.rangeClosed(1, 95).boxed().toList(), walkBack(client, room, 10));
        assertEquals(LongStream.rangeClosed(1, 95).boxed().toList(), walkBack(client, room, 95));
        assertEquals(LongStream.rangeClosed(1, 95).boxed().toList(), walkBack(client, room, 19));
    }

    @Test
    @Covers("do-history-after")
    default void pagesForwardsReachEveryEntryOnce() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.postMany(room, 95);
        assertEquals(LongStream.rangeClosed(1, 95).boxed().toList(), walkForth(client, room, 10));
        assertEquals(LongStream.rangeClosed(1, 95).boxed().toList(), walkForth(client, room, 95));
        assertEquals(LongStream.rangeClosed(1, 95).boxed().toList(), walkForth(client, room, 19));
    }

    @Test
    @Covers({"do-history-after", "do-history-before"})
    default void aPageSaysWhereTheRoomBeginsAndEnds() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.postMany(room, 12);
        JsonObject middle = client.ok("history", "room", room, "before", 8, "limit", 3);
        assertEquals(List.of(5L, 6L, 7L), seqs(middle, "messages"));
        assertEquals(Json.object(), middle.getJsonObject("mine"));
        assertEnds(middle, true);
        assertEnds(client.ok("history", "room", room, "before", 4, "limit", 3), false);
        JsonObject after = client.ok("history", "room", room, "after", 8, "limit", 3);
        assertEquals(List.of(9L, 10L, 11L), seqs(after, "entries"));
        assertEnds(after, true);
        assertEnds(client.ok("history", "room", room, "after", 9, "limit", 3), false);
    }

    @Test
    default void outsideTheLogThereIsNothing() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        assertEquals(List.of(), seqs(client.ok("history", "room", room, "before", 5, "limit", 3), "messages"));
        assertEquals(List.of(), seqs(client.ok("history", "room", room, "after", 0, "limit", 3), "entries"));
        client.postMany(room, 5);
        assertEquals(List.of(), seqs(client.ok("history", "room", room, "before", 1, "limit", 3), "messages"));
        assertEquals(List.of(), seqs(client.ok("history", "room", room, "before", 0, "limit", 3), "messages"));
        JsonObject past = client.ok("history", "room", room, "after", 5, "limit", 3);
        assertEquals(List.of(), seqs(past, "entries"));
        assertFalse(past.getBoolean("more"));
        assertEquals(List.of(), seqs(client.ok("history", "room", room, "after", 99, "limit", 3), "entries"));
        JsonObject newest = client.ok("history", "room", room, "before", (1L << 53) - 1, "limit", 2);
        assertEquals(List.of(4L, 5L), seqs(newest, "messages"));
    }

    @Test
    @Covers("do-history-after")
    default void entriesAreTheEventsThemselves() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        client.join(room);
        client.post(room, "one");
        client.ok("post", "room", room, "text", "two\n\"lines\"", "style", "action");
        List<JsonObject> events = client.messages(room, 2).stream()
                .map(SuperchatClient.Line::json)
                .toList();
        assertEquals(events, Json.objects(client.ok("history", "room", room, "after", 0, "limit", 9), "entries"));
        assertEquals(events, Json.objects(client.ok("history", "room", room, "before", 9, "limit", 9), "messages"));
    }

    @Test
    @Covers({"do-history-after", "do-history-before"})
    default void historyTakesOneDirectionAndALimitInBounds() {
        SuperchatClient client = server().guest();
        assertEquals("bad_request", client.error("history", "room", "lobby").getString("code"));
        assertEquals(
                "bad_request",
                client.error("history", "room", "lobby", "before", 1, "after", 1)
                        .getString("code"));
        assertEquals("bad_request limit", client.refusal("history", "room", "lobby", "before", 1, "limit", 0));
        assertEquals("bad_request limit", client.refusal("history", "room", "lobby", "before", 1, "limit", 201));
        assertEquals("bad_request limit", client.refusal("history", "room", "lobby", "after", 1, "limit", 201));
        assertEquals("bad_request before", client.refusal("history", "room", "lobby", "before", -1));
        assertEquals("bad_request after", client.refusal("history", "room", "lobby", "after", "1"));
        assertEquals("bad_request room", client.refusal("history", "before", 1));
        assertEquals("no_such_room", client.refusal("history", "room", Fresh.room(), "before", 1, "limit", 1));
        assertEquals("no_such_room", client.refusal("history", "room", Fresh.room(), "after", 1, "limit", 1));
        client.ok("history", "room", "lobby", "before", 1, "limit", 200);
    }

    @Test
    @Covers("cmd-reply-length")
    default void noReplyIsLongerThanAQuarterOfAMegabyteAndNothingIsSkippedForIt() {
        SuperchatClient client = server().guest();
        String room = client.opened();
        List<String> texts = List.of(
                "\u6F22".repeat(8_000), "\"".repeat(8_000), "\n".repeat(7_999) + "x", "\uD83D\uDE00".repeat(4_000));
        for (int i = 0; i < 60; i++) {
            client.post(room, texts.get(i % texts.size()));
        }
        assertEquals(LongStream.rangeClosed(1, 60).boxed().toList(), walkBack(client, room, 200));
        assertEquals(LongStream.rangeClosed(1, 60).boxed().toList(), walkForth(client, room, 200));
        JsonObject joined = client.ok("join", "room", room, "last", 200);
        List<Long> page = seqs(joined, "messages");
        assertEquals(60, page.get(page.size() - 1));
        assertTrue(page.size() < 60);
        int longest = client.log().stream()
                .mapToInt(line -> line.raw().getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElseThrow();
        assertTrue(longest <= REPLY_BYTES, "a line of " + longest + " bytes");
        assertTrue(longest > REPLY_BYTES / 8, "pages of " + longest + " bytes are needlessly short");
    }

    private static List<Long> walkBack(SuperchatClient client, String room, int limit) {
        List<Long> all = new ArrayList<>();
        long before = (1L << 53) - 1;
        while (true) {
            JsonObject page = client.ok("history", "room", room, "before", before, "limit", limit);
            List<Long> seqs = seqs(page, "messages");
            assertTrue(seqs.size() <= limit);
            all.addAll(0, seqs);
            if (!page.getBoolean("more")) {
                return all;
            }
            before = seqs.get(0);
        }
    }

    private static List<Long> walkForth(SuperchatClient client, String room, int limit) {
        List<Long> all = new ArrayList<>();
        long after = 0;
        while (true) {
            JsonObject page = client.ok("history", "room", room, "after", after, "limit", limit);
            List<Long> seqs = seqs(page, "entries");
            assertTrue(seqs.size() <= limit);
            all.addAll(seqs);
            if (!page.getBoolean("more")) {
                return all;
            }
            after = seqs.get(seqs.size() - 1);
        }
    }

    private static List<Long> seqs(JsonObject page, String key) {
        return Json.objects(page, key).stream()
                .map(message -> Json.number(message, "seq"))
                .toList();
    }

    private static void assertEnds(JsonObject page, boolean more) {
        assertEquals(1, Json.number(page, "first"));
        assertEquals(12, Json.number(page, "head"));
        assertEquals(more, page.getBoolean("more"));
    }
}
