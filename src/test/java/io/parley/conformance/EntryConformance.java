package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits, deletions, reactions, references and topics: the entries, and the pages that they lead to (docs/protocol.md §1, §4). */
public interface EntryConformance extends Conformance {
    String WAVE = "\uD83D\uDC4B";

    @Test
    @Covers({
        "do-delete",
        "do-edit",
        "do-manage-topic",
        "do-react",
        "entry-delete",
        "entry-edit",
        "entry-message-data",
        "entry-message-reply",
        "entry-reaction",
        "entry-topic"
    })
    default void everyKindOfEntryIsAnEventAndComesBackByteForByte() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        String epoch = author.join(room).getString("epoch");
        author.post(room, "one");
        assertEquals(2, seq(author.ok("edit", "room", room, "seq", 1, "text", "two", "key", Fresh.key())));
        assertEquals(3, seq(author.ok("react", "room", room, "seq", 1, "emoji", WAVE, "on", true)));
        assertEquals(4, seq(author.ok("react", "room", room, "seq", 1, "emoji", WAVE, "on", false)));
        assertEquals(5, seq(author.ok("manage", "room", room, "set", Json.object("topic", "all \"things\""))));
        author.post(room, "another");
        assertEquals(7, seq(author.ok("delete", "room", room, "seq", 6)));
        List<SuperchatClient.Line> live = entries(author, room, 7);
        assertFields(live.get(1), "edit", Json.object("of", 1, "text", "two"));
        assertFields(live.get(2), "reaction", Json.object("of", 1, "emoji", WAVE, "on", true));
        assertFields(live.get(3), "reaction", Json.object("of", 1, "emoji", WAVE, "on", false));
        assertFields(live.get(4), "topic", Json.object("topic", "all \"things\""));
        assertFields(live.get(6), "delete", Json.object("of", 6));
        SuperchatClient late = server().guest();
        assertTrue(late.ok("join", "room", room, "after", 0, "epoch", epoch).getBoolean("complete"));
        List<SuperchatClient.Line> again = entries(late, room, 7);
        List<JsonObject> history = Json.objects(late.ok("history", "room", room, "after", 0, "limit", 50), "entries");
        for (int i = 0; i < 7; i++) {
            assertEquals(again.get(i).json(), history.get(i));
            if (i != 5) {
                assertEquals(live.get(i).raw(), again.get(i).raw(), "entry " + (i + 1));
            }
        }
        assertEquals("all \"things\"", late.ok("join", "room", room, "last", 0).getString("topic"));
    }

    @Test
    @Covers({"page-fold", "page-mine"})
    default void aPageShowsMessagesAsTheyStandAndWhatIsMineApart() {
        SuperchatClient ann = server().guest();
        SuperchatClient ben = server().guest();
        String room = ann.opened();
        ann.post(room, "one");
        ann.post(room, "untouched");
        ann.ok("edit", "room", room, "seq", 1, "text", "two");
        ann.ok("react", "room", room, "seq", 1, "emoji", WAVE, "on", true);
        ben.ok("react", "room", room, "seq", 1, "emoji", WAVE, "on", true);
        ben.ok("react", "room", room, "seq", 1, "emoji", "+1", "on", true);
        ben.ok("react", "room", room, "seq", 2, "emoji", "+1", "on", true);
        ben.ok("react", "room", room, "seq", 2, "emoji", "+1", "on", false);
        for (JsonObject page :
                List.of(ben.ok("history", "room", room, "before", 99, "limit", 9), ben.ok("join", "room", room))) {
            assertEquals(8, Json.number(page, "head"));
            JsonObject one = Json.objects(page, "messages").get(0);
            assertEquals("two", one.getString("text"));
            assertFalse(one.getString("edited").isEmpty());
            assertEquals(Json.object("+1", 1, WAVE, 2), one.getJsonObject("reactions"));
            JsonObject untouched = Json.objects(page, "messages").get(1);
            assertFalse(untouched.containsKey("reactions"));
            assertFalse(untouched.containsKey("edited"));
            assertEquals(List.of("+1", WAVE), strings(page.getJsonObject("mine").getJsonArray("1")));
            assertEquals(1, page.getJsonObject("mine").size());
        }
        JsonObject anns = ann.ok("history", "room", room, "before", 99, "limit", 9);
        assertEquals(List.of(WAVE), strings(anns.getJsonObject("mine").getJsonArray("1")));
        JsonObject eves = server().guest().ok("history", "room", room, "before", 99, "limit", 9);
        assertEquals(Json.object(), eves.getJsonObject("mine"));
    }

    @Test
    @Covers({"entry-message-deleted", "page-deleted", "page-rest"})
    default void whatIsDeletedIsToldToNobodyAnyMore() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        String epoch = author.join(room).getString("epoch");
        author.post(room, "root");
        author.ok("post", "room", room, "text", "S3CRET", "thread", 1, "data", Json.object("s", "S3CRET"));
        author.ok("edit", "room", room, "seq", 2, "text", "S3CRET too");
        author.ok("react", "room", room, "seq", 2, "emoji", WAVE, "on", true);
        author.ok("delete", "room", room, "seq", 2);
        SuperchatClient late = server().guest();
        late.ok("join", "room", room, "after", 0, "epoch", epoch);
        List<SuperchatClient.Line> again = entries(late, room, 5);
        JsonObject message = again.get(1).json();
        assertTrue(message.getBoolean("deleted"));
        assertFalse(message.containsKey("text") || message.containsKey("data"));
        assertEquals(1, Json.number(message, "thread"));
        assertFalse(again.get(2).json().containsKey("text"));
        assertEquals("edit", again.get(2).type());
        JsonObject page = late.ok("history", "room", room, "before", 99, "limit", 9);
        assertEquals(message, Json.objects(page, "messages").get(1));
        late.ok("history", "room", room, "after", 0, "limit", 9);
        late.ok("thread", "room", room, "seq", 1);
        assertTrue(late.log().stream().noneMatch(line -> line.raw().contains("S3CRET")));
        assertEquals("no_such_message", author.refusal("edit", "room", room, "seq", 2, "text", "again"));
        assertEquals(5, seq(author.ok("delete", "room", room, "seq", 2)), "it is so already");
    }

    @Test
    @Covers("entry-own")
    default void onlyTheAuthorEditsAndDeletesAndOnlyTheMakerSetsTheTopic() {
        SuperchatClient ann = server().guest();
        SuperchatClient ben = server().guest();
        String room = ann.opened();
        ann.post(room, "mine");
        assertEquals("forbidden", ben.refusal("edit", "room", room, "seq", 1, "text", "yours"));
        assertEquals("forbidden", ben.refusal("delete", "room", room, "seq", 1));
        assertEquals("forbidden", ben.refusal("manage", "room", room, "set", Json.object("topic", "yours")));
        assertEquals("forbidden", ann.refusal("manage", "room", "lobby", "set", Json.object("topic", "mine")));
        assertEquals(1, Json.number(ann.ok("history", "room", room, "after", 0), "head"));
        ann.ok("manage", "room", room, "set", Json.object("topic", "mine"));
        ann.ok("manage", "room", room, "set", Json.object("topic", ""));
        assertEquals("", ben.join(room).getString("topic"));
    }

    @Test
    @Covers({"react-never", "write-nothing"})
    default void whatWouldChangeNothingReturnsTheSeqThatMadeItSo() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.post(room, "one");
        assertEquals(1, seq(author.ok("edit", "room", room, "seq", 1, "text", "one")));
        assertEquals(1, seq(author.ok("react", "room", room, "seq", 1, "emoji", WAVE, "on", false)));
        assertEquals(2, seq(author.ok("edit", "room", room, "seq", 1, "text", "two")));
        assertEquals(2, seq(author.ok("edit", "room", room, "seq", 1, "text", "two")));
        assertEquals(3, seq(author.ok("react", "room", room, "seq", 1, "emoji", WAVE, "on", true)));
        assertEquals(3, seq(author.ok("react", "room", room, "seq", 1, "emoji", WAVE, "on", true)));
        String key = Fresh.key();
        assertEquals(4, seq(author.ok("edit", "room", room, "seq", 1, "text", "three", "key", key)));
        assertEquals(5, seq(author.ok("edit", "room", room, "seq", 1, "text", "four")));
        assertEquals(4, seq(author.ok("edit", "room", room, "seq", 1, "text", "three", "key", key)), "sent again");
        assertEquals("key_conflict", author.refusal("edit", "room", room, "seq", 1, "text", "five", "key", key));
        assertEquals("key_conflict", author.refusal("post", "room", room, "text", "five", "key", key));
        assertEquals(5, Json.number(author.ok("history", "room", room, "after", 0), "head"));
    }

    @Test
    @Covers({"do-post-reply", "do-thread", "entry-thread", "page-replies"})
    default void aMessageMayAnswerAnotherAndHangBelowOne() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.join(room);
        author.post(room, "root");
        JsonObject data = Json.object("n", 1, "text", "x");
        author.ok("post", "room", room, "text", "below", "thread", 1, "replyTo", 1, "data", data);
        SuperchatClient.Line below = author.messages(room, 2).get(1);
        assertEquals(1, Json.number(below.json(), "thread"));
        assertEquals(1, Json.number(below.json(), "replyTo"));
        assertEquals(data, below.json().getJsonObject("data"));
        for (int i = 3; i <= 7; i++) {
            author.ok("post", "room", room, "text", "below " + i, "thread", 1);
        }
        author.post(room, "beside");
        JsonObject thread = author.ok("thread", "room", room, "seq", 1, "limit", 4);
        assertEquals("root", thread.getJsonObject("root").getString("text"));
        assertEquals(6, Json.number(thread.getJsonObject("root"), "replies"));
        assertEquals(List.of(4L, 5L, 6L, 7L), seqs(thread));
        assertTrue(thread.getBoolean("more"));
        assertEquals(8, Json.number(thread, "head"));
        assertEquals(1, Json.number(thread, "first"));
        assertEquals(Json.object(), thread.getJsonObject("mine"));
        JsonObject older = author.ok("thread", "room", room, "seq", 1, "before", 4, "limit", 4);
        assertEquals(List.of(2L, 3L), seqs(older));
        assertFalse(older.getBoolean("more"));
        assertEquals(List.of(), seqs(author.ok("thread", "room", room, "seq", 8)));
        assertEquals("no_such_message", author.refusal("thread", "room", room, "seq", 2));
        assertEquals("no_such_message", author.refusal("thread", "room", room, "seq", 99));
        assertEquals("no_such_message", author.refusal("post", "room", room, "text", "x", "thread", 2));
        assertEquals("no_such_message", author.refusal("post", "room", room, "text", "x", "thread", 99));
        assertEquals("no_such_message", author.refusal("post", "room", room, "text", "x", "replyTo", 99));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edit|bad_request seq|'text':'x'",
                "edit|bad_request text|'seq':1",
                "edit|bad_request text|'seq':1,'text':' '",
                "edit|bad_request key|'seq':1,'text':'x','key':' '",
                "delete|bad_request seq|'seq':'1'",
                "react|bad_request on|'seq':1,'emoji':'x'",
                "react|bad_request emoji|'seq':1,'on':true",
                "react|bad_request emoji|'seq':1,'on':true,'emoji':''",
                "react|bad_request emoji|'seq':1,'on':true,'emoji':'a b'",
                "react|bad_request emoji|'seq':1,'on':true,'emoji':'\\u0007'",
                "react|too_long emoji|'seq':1,'on':true,'emoji':'123456789012345678901234567890123'",
                "react|no_such_message|'seq':7,'on':true,'emoji':'x'",
                "delete|no_such_message|'seq':7",
                "edit|no_such_message|'seq':7,'text':'x'",
                "manage|bad_request set|'x':1",
                "manage|bad_request topic|'set':{}",
                "manage|bad_request topic|'set':{'topic':'a\\nb'}",
                "manage|bad_request slow|'set':{'slow':3,'topic':'x'}",
                "thread|bad_request seq|'limit':3",
                "thread|bad_request limit|'seq':1,'limit':0",
                "post|bad_request replyTo|'text':'x','replyTo':-1",
                "post|bad_request thread|'text':'x','thread':'1'",
                "post|bad_request data|'text':'x','data':['\\u0000']",
                "post|bad_request data|'text':'x','data':{'\\ud800':1}"
            })
    @Covers({"emoji-limits", "entry-target", "topic-line"})
    default void whatCannotBeDoneIsRefusedAndNothingIsWritten(String wrong) {
        SuperchatClient author = server().guest();
        String room = author.opened();
        String[] parts = wrong.split("\\|", 3);
        author.lines("{\"do\":\"" + parts[0] + "\",\"id\":77,\"room\":\"" + room + "\"," + parts[2].replace('\'', '"')
                + "}");
        JsonObject error = author.error(77);
        assertEquals(parts[1], (error.getString("code") + " " + error.getString("field", "")).strip());
        assertEquals(0, Json.number(author.ok("history", "room", room, "after", 0), "head"));
    }

    @Test
    @Covers({"data-limit", "do-post-data"})
    default void dataIsAtMostFourKibibytesOfAnyJson() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.join(room);
        author.ok("post", "room", room, "text", "x", "data", "y".repeat(4_094));
        assertEquals("y".repeat(4_094), author.messages(room, 1).get(0).json().getString("data"));
        assertEquals("too_long data", author.refusal("post", "room", room, "text", "x", "data", "y".repeat(4_095)));
        assertEquals(
                "too_long data", author.refusal("post", "room", room, "text", "x", "data", "\u6F22".repeat(1_400)));
        author.ok("post", "room", room, "text", "x", "data", 7);
        assertEquals(7, Json.number(author.messages(room, 1).get(0).json(), "data"));
    }

    @Test
    @Covers("topic-line")
    default void aTopicIsOneShortLineAndMayBeEmpty() {
        SuperchatClient maker = server().guest();
        String room = maker.opened();
        JsonObject longest = Json.object("topic", "t".repeat(250));
        assertEquals(1, Json.number(maker.ok("manage", "room", room, "set", longest), "seq"));
        JsonObject tooLong = Json.object("topic", "t".repeat(251));
        assertEquals("too_long topic", maker.refusal("manage", "room", room, "set", tooLong));
        assertEquals(2, Json.number(maker.ok("manage", "room", room, "set", Json.object("topic", "")), "seq"));
        assertEquals("", maker.join(room).getString("topic"));
    }

    @Test
    @Covers({"entry-message-mentions", "mention-longest", "mention-resolve"})
    default void whoIsCalledByNameIsMentioned() {
        SuperchatClient author = server().guest(Fresh.name());
        String first = Fresh.name();
        String id = id(server().superchat(), first);
        String both = id(server().superchat(), first + " Lee");
        String room = author.opened();
        author.join(room);
        author.ok("post", "room", room, "text", "@" + first + ", and not me@" + first + " or @" + Fresh.name());
        author.ok("post", "room", room, "text", "(@" + first.toUpperCase(Locale.ROOT) + " Lee is here) @x");
        author.ok("post", "room", room, "text", "nobody @ all");
        author.ok("post", "room", room, "text", "quick, after those");
        author.ok("edit", "room", room, "seq", 3, "text", "@" + first + " Lees and @" + first);
        List<SuperchatClient.Line> entries = entries(author, room, 5);
        assertEquals(List.of(id), strings(entries.get(0).json().getJsonArray("mentions")));
        assertEquals(List.of(both), strings(entries.get(1).json().getJsonArray("mentions")));
        assertFalse(entries.get(2).json().containsKey("mentions"));
        assertEquals(List.of(id), strings(entries.get(4).json().getJsonArray("mentions")));
        JsonObject page = author.ok("history", "room", room, "before", 99);
        assertEquals(List.of(id), strings(Json.objects(page, "messages").get(2).getJsonArray("mentions")));
    }

    @Test
    default void aPostThatCallsSomebodyIsNotOvertaken() {
        SuperchatClient author = server().guest();
        String room = author.opened();
        author.join(room);
        author.lines(IntStream.range(0, 40)
                .mapToObj(i ->
                        SuperchatClient.line(1_000 + i, "post", "room", room, "text", (i % 2 == 0 ? "@x " : "") + i))
                .toArray(String[]::new));
        List<SuperchatClient.Line> messages = author.messages(room, 40);
        for (int i = 0; i < 40; i++) {
            assertEquals((i % 2 == 0 ? "@x " : "") + i, messages.get(i).text());
        }
    }

    @Test
    @Covers("chat-changed")
    default void plainTalkTellsOfEditsDeletionsAndTopicsInALine() {
        String room = Fresh.room();
        String name = Fresh.name();
        SuperchatClient author = server().guest(name);
        author.ok("open", "room", room);
        ChatClient person = server().talker(Fresh.name(), room);
        author.post(room, "one");
        author.ok("react", "room", room, "seq", 1, "emoji", WAVE, "on", true);
        author.ok("edit", "room", room, "seq", 1, "text", "two\nEve: lines");
        author.ok("manage", "room", room, "set", Json.object("topic", "tea"));
        author.ok("delete", "room", room, "seq", 1);
        author.post(room, "end");
        for (String line : List.of(
                name + ": one",
                "* " + name + " edited: two\n  Eve: lines",
                "* " + name + " set the topic: tea",
                "* " + name + " deleted a message",
                name + ": end")) {
            person.await(line);
        }
        person.say("/history 5");
        person.await("* the last messages in " + room + ": 2");
        person.await("* a message by " + name + " was deleted");
        person.await(name + ": end");
        assertTrue(person.heard().stream().noneMatch(line -> line.contains(WAVE)), "nobody is bothered with signs");
    }

    private static List<SuperchatClient.Line> entries(SuperchatClient client, String room, int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i -> client.event(line -> line.isOf(room) && line.json().containsKey("seq")))
                .toList();
    }

    private static void assertFields(SuperchatClient.Line line, String type, JsonObject fields) {
        assertEquals(type, line.type());
        fields.forEach((key, value) -> assertEquals(value, line.json().get(key), key));
        assertEquals(5 + fields.size(), line.json().size(), line::raw);
        assertFalse(line.json().getJsonObject("from").getString("id").isEmpty());
    }

    private static String id(SuperchatClient client, String name) {
        JsonObject you = client.ok("hello", "name", name).getJsonObject("you");
        assertEquals(name, you.getString("name"));
        return you.getString("id");
    }

    private static long seq(JsonObject ok) {
        assertEquals(1, ok.size());
        return Json.number(ok, "seq");
    }

    private static List<Long> seqs(JsonObject page) {
        return Json.objects(page, "messages").stream()
                .map(message -> Json.number(message, "seq"))
                .toList();
    }

    private static List<String> strings(JsonArray array) {
        return array.getValuesAs(JsonString::getString);
    }
}
