package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.EmbeddedParley;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@code docs/asyncapi.yaml} against a running server: whatever it says goes over the wire, and nothing else does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsyncApiTest {
    private static final Path DOCUMENT = Path.of("docs/asyncapi.yaml");
    private static final Path PROTOCOL = Path.of("docs/protocol.md");
    private static final Pattern CODE = Pattern.compile("\\b([134]\\d{3})\\b");
    private static final Pattern ERROR = Pattern.compile("`([a-z_]+)`");

    private final Path data;
    private final EmbeddedParley parley;
    private final Server server;
    private final WireDocument document;

    AsyncApiTest(@TempDir Path data) throws IOException {
        this.data = data;
        parley = EmbeddedParley.start(Map.of("parley.guests", "true"), data);
        server = new Server(parley.base());
        document = WireDocument.read(DOCUMENT);
    }

    @AfterAll
    void stop() {
        parley.close();
    }

    @Test
    void everyMessageGoesOverTheWireAsItIsDescribedAndNoOtherDoes() {
        SuperchatClient ada = server.superchat();
        SuperchatClient tom = server.superchat();
        ok(ada, "hello", "client", "test");
        String id = ok(tom, "hello", "name", Fresh.name()).getJsonObject("you").getString("id");
        String room = Fresh.room();
        ok(ada, "open", "room", room);
        ok(tom, "rooms", "limit", 5);
        ok(tom, "join", "room", room, "last", 50);
        ok(ada, "join", "room", room);
        entries(ada, room);
        signals(ada, tom, room);
        pages(ada, room);
        refusals(ada);
        ok(ada, "leave", "room", room);
        ok(ada, "open", "room", Fresh.room());
        tom.event("rooms");
        behind(room);
        operator(tom, id, room);
        known(ada);
        known(tom);
        goodbye();
        talk(room);

        assertEquals(document.described(), document.met());
    }

    @Test
    void everyMessageBelongsToAnOperationAndAChannel() {
        Set<String> ofChannels = new TreeSet<>(document.channel("superchat"));
        ofChannels.addAll(document.channel("chat"));
        assertEquals(document.described(), ofChannels);
        assertEquals(document.described(), document.ofOperations());
    }

    @Test
    void closeCodesAndErrorsAreThoseOfTheProtocol() throws IOException {
        assertEquals(found(CODE, "**Close codes**"), document.closeCodes());
        assertEquals(found(ERROR, "**Errors**"), document.errorCodes());
    }

    @Test
    void aFieldThatIsNotDescribedIsNoticed() {
        assertFalse(document.fits("ok-ping", WireDocument.json("{\"re\":1,\"ok\":{\"more\":1}}")));
        assertFalse(document.fits(
                "event-profile",
                WireDocument.json("{\"type\":\"profile\",\"user\":{\"id\":\"u\",\"name\":\"n\",\"age\":3}}")));
    }

    private void entries(SuperchatClient ada, String room) {
        long seq = Json.number(ok(ada, "post", "room", room, "text", "hello", "key", Fresh.key()), "seq");
        ok(ada, "edit", "room", room, "seq", seq, "text", "hello there");
        ok(ada, "react", "room", room, "seq", seq, "emoji", "👍", "on", true);
        ok(ada, "post", "room", room, "text", "below", "thread", seq, "replyTo", seq, "style", "action");
        ok(ada, "post", "room", room, "text", "for bots", "data", Json.object("a", 1));
        long mistake = Json.number(ok(ada, "post", "room", room, "text", "mistaken"), "seq");
        ok(ada, "delete", "room", room, "seq", mistake);
        ok(ada, "manage", "room", room, "set", Json.object("topic", "this and that"));
    }

    private void signals(SuperchatClient ada, SuperchatClient tom, String room) {
        ok(tom, "typing", "room", room, "on", true);
        ada.event("typing");
        ok(tom, "read", "room", room, "seq", 1);
        ada.event("read");
        ok(tom, "name", "name", Fresh.name());
        ada.event("profile");
        ok(ada, "who", "room", room);
        ok(ada, "ping");
        JsonObject joined = ok(ada, "join", "room", room, "last", 0);
        ok(ada, "probe", "rooms", Json.object(room, Json.object("epoch", joined.getString("epoch"), "seq", 0)));
        ok(ada, "join", "room", room, "after", 0, "epoch", joined.getString("epoch"));
    }

    private void pages(SuperchatClient ada, String room) {
        ok(ada, "history", "room", room, "before", 100, "limit", 50);
        ok(ada, "history", "room", room, "after", 0, "limit", 50);
        ok(ada, "thread", "room", room, "seq", 1, "limit", 10);
    }

    private void refusals(SuperchatClient ada) {
        long id = ada.send("fly");
        document.meets("error", WireDocument.json(ada.reply(id).toString()));
        ada.lines("{");
        ada.unasked();
    }

    /** Who asked to skip what is far behind. */
    private void behind(String room) {
        SuperchatClient late = server.superchat();
        ok(late, "hello", "lag", 1, "client", "test", "frames", "binary");
        JsonObject joined = ok(late, "join", "room", room, "last", 0);
        ok(late, "join", "room", room, "after", 0, "epoch", joined.getString("epoch"));
        late.event("gap");
        known(late);
        late.close();
    }

    private void operator(SuperchatClient tom, String id, String room) {
        new Operator(data).run("expel", room, id);
        tom.event("left");
        new Operator(data).run("announce", "Back at noon");
        tom.event("notice");
    }

    /** What the server says before it closes. */
    private void goodbye() {
        SuperchatClient wrong = server.superchat();
        sent("hello", wrong.send("hello", "token", "nobody"), "token", "nobody");
        JsonObject bye = wrong.event("bye").json();
        document.meets("event-bye", WireDocument.json(bye.toString()));
        assertEquals(true, document.closeCodes().contains(Integer.toString(bye.getInt("code"))));
        known(wrong);
    }

    private void talk(String room) {
        try (ChatClient person = server.talker(Fresh.name(), room)) {
            for (String line : List.of("hello\nin two lines", "/who", "/join nowhere/at/all", "//slash", "/me waves")) {
                document.meets(line.matches("/\\w.*") ? "chat-command" : "chat-talk", WireDocument.text(line));
                person.say(line);
            }
            person.await(line -> line.endsWith(" waves"));
            person.heard().forEach(this::heard);
        }
    }

    private void heard(String line) {
        List<String> fitting = new ArrayList<>();
        for (String name : List.of("chat-said", "chat-notice", "chat-error")) {
            if (document.fits(name, WireDocument.text(line))) {
                fitting.add(name);
            }
        }
        assertEquals(1, fitting.size(), () -> line + " is " + fitting);
        document.meets(fitting.get(0), WireDocument.text(line));
    }

    private JsonObject ok(SuperchatClient client, String command, Object... fields) {
        long id = client.send(command, fields);
        sent(command, id, fields);
        JsonObject reply = client.reply(id);
        document.meets("ok-" + command, WireDocument.json(reply.toString()));
        return reply.getJsonObject("ok");
    }

    private void sent(String command, long id, Object... fields) {
        document.meets("do-" + command, WireDocument.json(SuperchatClient.line(id, command, fields)));
    }

    /** Every line that a client has read is described: an event by its type, a reply or a refusal. */
    private void known(SuperchatClient client) {
        for (SuperchatClient.Line line : client.log()) {
            JsonNode json = WireDocument.json(line.raw());
            if (json.has("type")) {
                document.meets("event-" + json.get("type").asText(), json);
            } else if (json.has("error")) {
                document.meets("error", json);
            }
        }
    }

    /** What the protocol's paragraph that begins so names. */
    private static Set<String> found(Pattern pattern, String begin) throws IOException {
        String text = Files.readString(PROTOCOL);
        int at = text.indexOf(begin);
        Matcher matcher =
                pattern.matcher(text.substring(at, text.indexOf("\n\n", at)).replaceAll("<a id=\"[^\"]*\"></a>", ""));
        Set<String> all = new TreeSet<>();
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }
}
