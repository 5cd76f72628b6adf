package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.EmbeddedParley;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** API tokens, channels and hooks, as an operator makes them and programs use them (docs/protocol.md §5). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramsTest {
    private static final int UNAUTHORISED = 3000;

    private final Path data;
    private final EmbeddedParley parley;
    private final Server server;

    ProgramsTest(@TempDir Path data) {
        this.data = data;
        parley = EmbeddedParley.start(Map.of("parley.guests", "true"), data);
        server = new Server(parley.base());
    }

    @AfterEach
    void hangUp() throws Exception {
        server.hangUp();
    }

    @AfterAll
    void stop() {
        parley.close();
    }

    /** An API token. Immutable. */
    private record Token(String name, String id, String secret) {}

    @Test
    @Covers({"token-bearer", "token-room"})
    void aTokenIsAUserOfItsOwnByHttpAndByWebSocket() {
        Token token = token();
        String room = Fresh.room();

        HttpApi.Answered answer =
                server.http().bearer(token.secret()).post("api/rooms/" + room + "/messages", "text/plain", "by HTTP");
        SuperchatClient socket = server.superchat(
                server.handshake().protocols("superchat").header("Authorization", "Bearer " + token.secret()));
        JsonObject you = socket.ok("hello").getJsonObject("you");
        socket.join(room);
        socket.post(room, "by WebSocket");

        assertEquals(201, answer.status(), answer.body());
        assertEquals(token.name(), you.getString("name"));
        assertFalse(you.getBoolean("guest"));
        JsonObject from = Json.objects(
                        server.http().get("api/rooms/" + room + "/messages").json(), "messages")
                .get(0)
                .getJsonObject("from");
        assertEquals(Json.object("id", you.getString("id"), "name", token.name(), "bot", true), from);
        assertEquals(List.of("by HTTP", "by WebSocket"), server.http().texts(room));
    }

    @Test
    @Covers("token-revoked")
    void aTokenThatWasRevokedIsNobodysAndItsNameIsTheSameUserAgain() {
        Token token = token();
        SuperchatClient socket = server.superchat(
                server.handshake().protocols("superchat").header("Authorization", "Bearer " + token.secret()));
        String id = socket.ok("hello").getJsonObject("you").getString("id");
        HttpApi http = server.http().bearer(token.secret());
        assertEquals(200, http.get("api/rooms").status());
        assertTrue(new Operator(data).run("token", "list").stream().anyMatch(line -> line.contains(token.id())));

        new Operator(data).run("token", "revoke", token.name());

        assertEquals(UNAUTHORISED, socket.closeCode());
        assertEquals(401, http.get("api/rooms").status());
        assertEquals(404, channel(token, token.secret(), "lobby", "no").status());
        assertFalse(new Operator(data).run("token", "list").stream().anyMatch(line -> line.contains(token.id())));
        String secret = new Operator(data).run("token", "create", token.name()).get(1);
        JsonObject again = server.http()
                .bearer(secret)
                .carryOut(Json.object("do", "hello", "id", 1))
                .get(0)
                .getJsonObject("ok")
                .getJsonObject("you");
        assertEquals(id, again.getString("id"));
        assertEquals(401, http.get("api/rooms").status());
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        Token token = token();
        String name = Fresh.name();
        server.guest(name);

        assertTrue(new Operator(data).refused("token", "create", token.name()).contains("somebody is called"));
        assertTrue(new Operator(data).refused("token", "create", name).contains("somebody is called"));
        assertTrue(new Operator(data).refused("token", "create", "a:b").contains("a name begins with"));
        assertTrue(new Operator(data).refused("token", "revoke", Fresh.name()).contains("there is none"));
    }

    @Test
    void noSecretIsInTheDataFolder() throws Exception {
        Token token = token();
        String hook =
                new Operator(data).run("hook", "create", Fresh.room()).get(1).replace("/hooks/", "");
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(content.contains(token.secret()) || content.contains(hook), file::toString);
            }
        }
    }

    @Test
    @Covers("token-guests")
    void aTokenIsLetInWhereGuestsAreNot(@TempDir Path folder) {
        try (EmbeddedParley closed = EmbeddedParley.start(Map.of("parley.guests", "false"), folder)) {
            HttpApi http = new Server(closed.base()).http();
            String secret = new Operator(folder).run("token", "create", "Robot").get(1);

            assertEquals(401, http.get("api/rooms").status());
            assertEquals(200, http.bearer(secret).get("api/rooms").status());
            assertEquals(401, http.bearer(secret + "x").get("api/rooms").status());
        }
    }

    @Test
    @Covers({"channel-publish", "channel-answer", "token-room"})
    void aChannelPublishesWhateverTheBodyIs() {
        Token token = token();
        String room = Fresh.room();

        HttpApi.Answered first = channel(token, token.secret(), room, "Hello from Scaledrone");
        channel(token, token.secret(), room, "{\"text\":\"a message\"}");
        channel(token, token.secret(), room, "{\"foo\":[1,2]}");
        channel(token, token.secret(), room, "\"a string\"");
        channel(token, token.secret(), room, "1,\"x\":2");

        assertEquals(200, first.status(), first.body());
        assertEquals(Json.object(room, 1), first.json().getJsonObject("seqs"));
        List<JsonObject> messages = Json.objects(
                server.http().get("api/rooms/" + room + "/messages").json(), "messages");
        assertEquals(
                List.of("Hello from Scaledrone", "a message", "{\"foo\":[1,2]}", "a string", "1,\"x\":2"),
                messages.stream().map(message -> message.getString("text")).toList());
        assertEquals(
                List.of("null", "null", "{\"foo\":[1,2]}", "\"a string\"", "null"),
                messages.stream()
                        .map(message -> String.valueOf(message.get("data")))
                        .toList());
        assertEquals(400, channel(token, token.secret(), room, "").status());
        assertEquals(
                404,
                server.http()
                        .post("notAChannel12345/x/publish", "text/plain", "x")
                        .status());
        assertEquals(404, server.http().get(token.id() + "/x/y/z").status());
    }

    @Test
    @Covers("channel-secret")
    void aChannelAsksForItsSecretUnlessItIsOpen() {
        Token token = token();
        Token other = token();
        Token open = token("open");
        String room = Fresh.room();
        HttpApi http = server.http();
        String path = token.id() + "/" + room + "/publish";

        HttpApi.Answered none = http.post(path, "application/json", "no");
        HttpApi.Answered wrong = http.bearer(other.secret()).post(path, "application/json", "no");
        HttpApi.Answered basic = http.with("Authorization", basic(token.id(), token.secret()))
                .post(path, "application/json", "by Basic");
        HttpApi.Answered elses =
                http.with("Authorization", basic(other.id(), token.secret())).post(path, "application/json", "no");
        HttpApi.Answered anyone = http.post(open.id() + "/" + room + "/publish", "application/json", "by anyone");
        HttpApi.Answered pretender =
                http.bearer(other.secret()).post(open.id() + "/" + room + "/publish", "application/json", "no");

        assertEquals(401, none.status());
        assertTrue(none.header("WWW-Authenticate").startsWith("Basic "));
        assertEquals(401, wrong.status());
        assertEquals(200, basic.status(), basic.body());
        assertEquals(401, elses.status());
        assertEquals(200, anyone.status(), anyone.body());
        assertEquals(401, pretender.status());
        assertEquals(List.of("by Basic", "by anyone"), http.texts(room));
    }

    @Test
    @Covers({"channel-rooms", "channel-members"})
    void aChannelPublishesToSeveralRoomsAndTellsWhoIsThere() {
        Token token = token();
        HttpApi http = server.http().with("Authorization", basic(token.id(), token.secret()));
        String one = Fresh.room();
        String two = Fresh.room();

        HttpApi.Answered answer = http.post(
                token.id() + "/publish/rooms?r=" + one + "&r=" + two, "application/json", "{\"hello\":\"from REST\"}");
        SuperchatClient reader = server.superchat();
        String id = reader.ok("hello").getJsonObject("you").getString("id");
        reader.join(one);

        assertEquals(Json.object(one, 1, two, 1), answer.json().getJsonObject("seqs"));
        assertEquals(List.of("{\"hello\":\"from REST\"}"), http.texts(two));
        assertTrue(http.get(token.id() + "/members").body().contains("\"" + id + "\""));
        assertEquals("[\"" + one + "\"]", http.get(token.id() + "/rooms").body());
        assertEquals(401, server.http().get(token("open").id() + "/members").status());
        assertEquals(405, http.get(token.id() + "/" + one + "/publish").status());
        assertEquals(
                400,
                http.post(token.id() + "/publish/rooms", "application/json", "no")
                        .status());
    }

    @Test
    @Covers({"channel-stops", "channel-key"})
    void publishingToSeveralRoomsEndsWithTheFirstThatRefusesAndTellsHowFarItCame() {
        Token token = token();
        HttpApi http = server.http().bearer(token.secret());
        String one = Fresh.room();
        String two = Fresh.room();
        String three = Fresh.room();
        HttpApi keyed = http.with("Idempotency-Key", '"' + Fresh.key() + '"');
        keyed.post(token.id() + "/" + two + "/publish", "text/plain", "another text");
        String path = token.id() + "/publish/rooms?r=" + one + "&r=" + two + "&r=" + three;

        HttpApi.Answered answer = keyed.post(path, "text/plain", "news");
        HttpApi.Answered again = keyed.post(path, "text/plain", "news");

        assertEquals(409, answer.status(), answer.body());
        assertEquals("key_conflict", answer.json().getString("code"));
        assertEquals(Json.object(one, 1), answer.json().getJsonObject("seqs"));
        assertEquals(answer.body(), again.body());
        assertEquals(List.of("news"), http.texts(one));
        assertEquals(404, http.get("api/rooms/" + three).status());
        assertEquals(
                400,
                http.with("Idempotency-Key", Fresh.key())
                        .post(
                                token.id() + "/" + one + "/publish",
                                "application/json",
                                Json.object("text", "x", "key", Fresh.key()).toString())
                        .status());
    }

    @Test
    @Covers({"hook-post", "hook-text", "token-room"})
    void aHookTakesWhatSlackTakes() {
        String room = Fresh.room();
        String name = Fresh.name();
        String path =
                new Operator(data).run("hook", "create", room, name).get(1).substring(1);
        HttpApi http = server.http();

        HttpApi.Answered json = http.post(path, "application/json", "{\"text\":\"deployed\",\"username\":\"x\"}");
        String payload = URLEncoder.encode("{\"text\":\"by form\\nand more\"}", StandardCharsets.UTF_8);
        http.post(path, "application/x-www-form-urlencoded", "payload=" + payload);
        String attachments =
                "{\"attachments\":[{\"fallback\":\"one\"},{\"fallback\":\"two\",\"text\":\"longer\"},{\"text\":\"three\"}]}";
        http.post(path, "application/json", attachments);

        assertEquals(200, json.status(), json.body());
        assertEquals("ok", json.body());
        assertEquals(List.of("deployed", "by form\nand more", "one\ntwo\nthree"), http.texts(room));
        JsonObject from = Json.objects(
                        http.get("api/rooms/" + room + "/messages").json(), "messages")
                .get(0)
                .getJsonObject("from");
        assertEquals(name, from.getString("name"));
        assertTrue(from.getBoolean("bot"));
        assertEquals(400, http.post(path, "application/json", "{}").status());
        assertEquals(400, http.post(path, "application/json", "deployed").status());
        assertEquals(
                404,
                http.post("hooks/nothing", "application/json", "{\"text\":\"x\"}")
                        .status());
    }

    @Test
    @Covers("hook-key")
    void whatIsPostedToAHookAgainUnderItsKeyIsThereOnce() {
        String room = Fresh.room();
        String path = new Operator(data).run("hook", "create", room).get(1).substring(1);
        HttpApi keyed = server.http().with("Idempotency-Key", '"' + Fresh.key() + '"');
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "ok",
                    keyed.post(path, "application/json", "{\"text\":\"once\"}").body());
        }
        assertEquals(
                409,
                keyed.post(path, "application/json", "{\"text\":\"other\"}").status());
        assertEquals(List.of("once"), server.http().texts(room));
    }

    @Test
    @Covers({"hook-post", "channel-rooms"})
    void howManyCommandsAClientMaySendIsNothingToTheServersOwn(@TempDir Path folder) {
        Map<String, String> one = Map.of("parley.guests", "true", "parley.limits.pending", "1");
        try (EmbeddedParley narrow = EmbeddedParley.start(one, folder)) {
            HttpApi http = new Server(narrow.base()).http();
            String hook =
                    new Operator(folder).run("hook", "create", "den").get(1).substring(1);
            List<String> token = new Operator(folder).run("token", "create", "Robot");
            HttpApi robot = http.bearer(token.get(1));
            String id = token.get(0).replaceFirst(".*public id (\\w+).*", "$1");

            assertEquals(
                    200, http.post(hook, "application/json", "{\"text\":\"x\"}").status());
            assertEquals(
                    200,
                    robot.post(id + "/publish/rooms?r=den&r=attic&r=hall", "text/plain", "x")
                            .status());
            assertEquals(
                    201,
                    robot.post("api/rooms/cellar/messages", "text/plain", "x").status());
        }
    }

    @Test
    @Covers("hook-secret")
    void aHooksSecretPostsToItsRoomAndDoesNothingElse() {
        String room = Fresh.room();
        String path = new Operator(data).run("hook", "create", room).get(1).substring(1);
        String secret = path.replace("hooks/", "");
        HttpApi http = server.http();

        assertEquals(401, http.bearer(secret).get("api/rooms").status());
        Token token = token();
        assertEquals(
                404,
                http.post("hooks/" + token.secret(), "application/json", "{\"text\":\"x\"}")
                        .status());
        assertTrue(new Operator(data).run("hook", "list").stream().anyMatch(line -> line.endsWith(room + "-hook")));
        new Operator(data).run("hook", "revoke", room + "-hook");
        assertEquals(
                404, http.post(path, "application/json", "{\"text\":\"x\"}").status());
    }

    private HttpApi.Answered channel(Token token, String secret, String room, String body) {
        return server.http().bearer(secret).post(token.id() + "/" + room + "/publish", "application/json", body);
    }

    private Token token(String... open) {
        String name = Fresh.name();
        String[] words = open.length == 0
                ? new String[] {"token", "create", name}
                : new String[] {"token", "create", name, "open"};
        List<String> out = new Operator(data).run(words);
        return new Token(name, out.get(0).replaceFirst(".*public id (\\w+).*", "$1"), out.get(1));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
