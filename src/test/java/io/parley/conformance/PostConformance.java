package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code post}: what is stored, shown and refused, and that a key makes it safe to repeat (docs/protocol.md §1, §4). */
public interface PostConformance extends Conformance {

    @Test
    @Covers({"bytes-same", "do-post", "entry-fields", "event-form", "key-event", "log-match", "sc-times"})
    default void aPostIsAnsweredAndShownToEverybodyAlike() {
        SuperchatClient author = server().guest();
        SuperchatClient reader = server().guest();
        String room = author.opened();
        author.join(room);
        reader.join(room);
        String key = Fresh.key();
        JsonObject ok = author.ok("post", "room", room, "text", "hello", "key", key);
        SuperchatClient.Line seen = reader.messages(room, 1).get(0);
        assertEquals(seen.raw(), author.messages(room, 1).get(0).raw());
        assertEquals(1, seen.seq());
        assertEquals(1, Json.number(ok, "seq"));
        assertEquals(ok.getString("at"), seen.json().getString("at"));
        assertFalse(ok.getBoolean("duplicate"));
        assertEquals("hello", seen.text());
        assertEquals(key, seen.json().getString("key"));
        assertFalse(seen.json().containsKey("style"));
        assertFalse(seen.json().containsKey("re"));
        assertTrue(seen.json().getString("at").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    }

    @Test
    @Covers({"entry-fields", "from-fields"})
    default void anEntryTellsWhoWroteIt() {
        String name = Fresh.name();
        SuperchatClient author = server().superchat();
        String id = author.ok("hello", "name", name).getJsonObject("you").getString("id");
        String room = author.opened();
        author.join(room);
        author.post(room, "hello");
        JsonObject from = author.messages(room, 1).get(0).json().getJsonObject("from");
        assertEquals(Json.object("id", id, "name", name, "guest", true), from);
    }

    @Test
    @Covers({"log-at", "log-seq"})
    default void seqRisesByOneAndTimeNeverFalls() {
        SuperchatClient author = server().guest();
        SuperchatClient other = server().guest();
        String room = author.opened();
        author.join(room);
        for (int i = 0; i < 30; i++) {
            (i % 3 == 0 ? other : author).post(room, "text " + i);
        }
        List<SuperchatClient.Line> messages = author.messages(room, 30);
        Instant before = Instant.EPOCH;
        for (int i = 0; i < messages.size(); i++) {
            assertEquals(i + 1, messages.get(i).seq());
            assertEquals("text " + i, messages.get(i).text());
            Instant at = Instant.parse(messages.get(i).json().getString("at"));
            assertFalse(at.isBefore(before), "at falls");
            before = at;
        }
    }

    @Test
    @Covers("cmd-order")
    default void postsTakeEffectInTheOrderSent() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.join(room);
        author.postMany(room, 500);
        List<SuperchatClient.Line> messages = author.messages(room, 500);
        for (int i = 0; i < messages.size(); i++) {
            assertEquals("text " + (i + 1), messages.get(i).text());
        }
    }

    @Test
    @Covers({"do-post", "entry-message"})
    default void aStyleOfActionIsKeptAndAnyOtherRefused() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.join(room);
        author.ok("post", "room", room, "text", "waves", "style", "action");
        assertEquals("action", author.messages(room, 1).get(0).json().getString("style"));
        assertEquals("bad_request style", author.refusal("post", "room", room, "text", "waves", "style", "bold"));
        assertEquals("bad_request style", author.refusal("post", "room", room, "text", "waves", "style", 1));
    }

    @Test
    @Covers("key-same")
    default void theSameKeyAgainStoresNothingAndReturnsTheFirstSeq() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.join(room);
        String key = Fresh.key();
        JsonObject first = author.ok("post", "room", room, "text", "once", "key", key);
        author.post(room, "between");
        JsonObject again = author.ok("post", "room", room, "text", "once", "key", key);
        assertEquals(Json.number(first, "seq"), Json.number(again, "seq"));
        assertEquals(first.getString("at"), again.getString("at"));
        assertTrue(again.getBoolean("duplicate"));
        assertEquals(3, author.post(room, "after"), "the repeated post took no place");
        author.fence();
        assertEquals(
                3,
                author.untaken().stream()
                        .filter(line -> line.isOf(room) && line.type().equals("message"))
                        .count());
    }

    @Test
    @Covers("key-same")
    default void theSameKeyInOneMessageStoresOneEntry() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        String key = Fresh.key();
        String[] lines = new String[10];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = SuperchatClient.line(100 + i, "post", "room", room, "text", "once", "key", key);
        }
        author.lines(lines);
        for (int i = 0; i < lines.length; i++) {
            JsonObject ok = author.ok(100 + i);
            assertEquals(1, Json.number(ok, "seq"));
            assertEquals(i > 0, ok.getBoolean("duplicate"));
        }
        assertEquals(1, Json.number(author.join(room), "head"));
    }

    @Test
    @Covers({"key-same", "key-token"})
    default void theSameKeyOnTwoSocketsAtOnceStoresOneEntry() {
        SuperchatClient one = server().superchat();
        String token = one.ok("hello").getString("token");
        SuperchatClient two = server().again(token);
        String room = one.opened();
        int posts = 100;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            lines.add(SuperchatClient.line(1_000 + i, "post", "room", room, "text", "text " + i, "key", Fresh.key()));
        }
        for (int from = 0; from < posts; from += 50) {
            String[] part = lines.subList(from, from + 50).toArray(String[]::new);
            one.lines(part);
            two.lines(part);
            for (int id = 1_000 + from; id < 1_050 + from; id++) {
                JsonObject first = one.ok(id);
                JsonObject second = two.ok(id);
                assertEquals(Json.number(first, "seq"), Json.number(second, "seq"));
                assertNotEquals(first.getBoolean("duplicate"), second.getBoolean("duplicate"), "one of them was first");
            }
        }
        assertEquals(posts, Json.number(one.join(room), "head"));
    }

    @Test
    @Covers("key-same")
    default void aKeyWithAnotherTextIsAConflict() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        String key = Fresh.key();
        author.ok("post", "room", room, "text", "this", "key", key);
        assertEquals("key_conflict", author.refusal("post", "room", room, "text", "that", "key", key));
        assertTrue(author.ok("post", "room", room, "text", "this", "key", key).getBoolean("duplicate"));
        assertEquals(1, Json.number(author.join(room), "head"));
    }

    @Test
    @Covers("key-same")
    default void aKeyIsOfItsAuthorAndItsRoom() {
        SuperchatClient author = server().guest();
        SuperchatClient other = server().guest();
        String room = author.opened();
        String elsewhere = author.opened();
        String key = Fresh.key();
        author.ok("post", "room", room, "text", "mine", "key", key);
        assertFalse(
                author.ok("post", "room", elsewhere, "text", "mine", "key", key).getBoolean("duplicate"));
        JsonObject others = other.ok("post", "room", room, "text", "theirs", "key", key);
        assertFalse(others.getBoolean("duplicate"));
        assertEquals(2, Json.number(others, "seq"));
    }

    @Test
    @Covers("key-length")
    default void keysHaveBounds() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.ok("post", "room", room, "text", "hi", "key", "k".repeat(64));
        author.ok("post", "room", room, "text", "hi", "key", "k".repeat(63) + "K");
        assertEquals(2, Json.number(author.join(room), "head"), "keys are told apart by case");
        assertTrue(author.refusal("post", "room", room, "text", "hi", "key", "k".repeat(65))
                .endsWith(" key"));
        assertEquals("bad_request key", author.refusal("post", "room", room, "text", "hi", "key", ""));
        assertEquals("bad_request key", author.refusal("post", "room", room, "text", "hi", "key", 12345));
    }

    @Test
    default void withoutAKeyEveryPostIsANewOne() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        assertEquals(1, Json.number(author.ok("post", "room", room, "text", "hi"), "seq"));
        assertEquals(2, Json.number(author.ok("post", "room", room, "text", "hi"), "seq"));
    }

    @Test
    @Covers("hello-limits")
    default void aTextOfTheLimitIsTakenAndOneUnitMoreIsTooLong() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.post(room, "x".repeat(8_000));
        assertEquals("too_long text", author.refusal("post", "room", room, "text", "x".repeat(8_001)));
        author.post(room, "\u6F22".repeat(8_000));
        assertEquals("too_long text", author.refusal("post", "room", room, "text", "\u6F22".repeat(8_001)));
        author.post(room, "\uD83D\uDE00".repeat(4_000));
        assertEquals("too_long text", author.refusal("post", "room", room, "text", "\uD83D\uDE00".repeat(4_000) + "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\\n\\t ",
                "\\u3000",
                "\\u0000",
                "a\\u0000b",
                "\\u0007",
                "\\b",
                "a\\rb",
                "\\r\\n",
                "\\u001b[31m",
                "\\u007f",
                "\\u0085",
                "\\u009b31m",
                "\\ud800",
                "a\\udc00b",
                "\\ude00\\ud83d",
                "\\ud83dx",
                "\\u202etxt",
                "a\\u202db"
            })
    @Covers("text-refused")
    default void aTextThatNobodyMayWriteIsRefused(String escaped) {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.lines("{\"do\":\"post\",\"id\":90,\"room\":\"" + room + "\",\"text\":\"x\"}");
        author.ok(90);
        author.lines("{\"do\":\"post\",\"id\":91,\"room\":\"" + room + "\",\"text\":\"" + escaped + "\"}");
        JsonObject error = author.error(91);
        assertEquals("bad_request", error.getString("code"));
        assertEquals("text", error.getString("field"));
        assertEquals(1, Json.number(author.join(room), "head"));
    }

    @Test
    default void textsAreKeptToTheLetter() {
        Set<String> texts = Set.of(
                "line one\nline two\n\n\tindented\n",
                "  spaces before and after  ",
                "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC66 \uD83C\uDDE9\uD83C\uDDEA",
                "e\u0301 is not \u00E9, \uFB01 is not fi",
                "\u0645\u0631\u062D\u0628\u0627 \u4F60\u597D",
                "\"quotes\" \\back\\slashes\\ </script> <!-- & \u2028 \u2029 \uFEFF",
                "\u2067isolated\u2069",
                "{\"type\":\"bye\"}\n{\"re\":1,\"ok\":{}}");
        SuperchatClient author = server().guest();
        SuperchatClient reader = server().guest();
        String room = author.opened();
        reader.join(room);
        for (String text : texts) {
            author.post(room, text);
            SuperchatClient.Line seen = reader.messages(room, 1).get(0);
            assertEquals(text, seen.text());
        }
        List<String> stored = Json.strings(server().guest().join(room), "messages", "text");
        assertEquals(texts, Set.copyOf(stored));
    }

    @Test
    default void whatIsMissingOrOfTheWrongTypeIsNamed() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        assertEquals("bad_request text", author.refusal("post", "room", room));
        assertEquals("bad_request text", author.refusal("post", "room", room, "text", 5));
        assertEquals("bad_request room", author.refusal("post", "text", "hi"));
        assertEquals("bad_request room", author.refusal("post", "room", true, "text", "hi"));
        assertEquals("bad_request room", author.refusal("post", "room", "a/b", "text", "hi"));
    }

    @Test
    default void aPostMakesNoRoom() {
        SuperchatClient author = server().guest();
        String room = Fresh.room();
        assertEquals("no_such_room", author.refusal("post", "room", room, "text", "hi"));
        assertEquals("no_such_room", author.refusal("join", "room", room));
    }

    @Test
    default void aRoomNeedNotBeJoinedToPost() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.post(room, "from outside");
        author.fence();
        assertTrue(author.untaken().stream().noneMatch(line -> line.isOf(room)), "nor does a post join it");
    }
}
