package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.EmbeddedParley;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@code docs/openapi.yaml} against a running server: whatever it says is met, and no servlet is without a word in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final Path DOCUMENT = Path.of("docs/openapi.yaml");
    private static final Pattern PATH = Pattern.compile(" {2}(/\\S*):");
    private static final Pattern METHOD = Pattern.compile(" {4}(get|post|put|delete):");
    private static final Pattern STATUS = Pattern.compile(" {8}\"(\\d{3})\": .*");
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";

    private final EmbeddedParley parley;
    private final HttpApi nobody;
    private final HttpApi guest;
    private final HttpApi wrong;
    private final HttpApi cookie;
    private final String room;
    private final String channel;
    private final HttpApi program;
    private final String hook;
    private final Map<String, Supplier<HttpApi.Answered>> calls = new TreeMap<>();

    OpenApiTest(@TempDir Path data) {
        parley = EmbeddedParley.start(Map.of("parley.guests", "true"), data);
        nobody = new Server(parley.base()).http();
        guest = nobody.guest();
        wrong = nobody.bearer("nobody");
        cookie = nobody.with("Cookie", "parley_session=biscuit");
        room = guest.opened();
        List<String> token = new Operator(data).run("token", "create", "Robot");
        channel = token.get(0).replaceFirst(".*public id (\\w+).*", "$1");
        program = nobody.bearer(token.get(1));
        hook = new Operator(data).run("hook", "create", room).get(1).substring(1);
    }

    @AfterAll
    void stop() {
        parley.close();
    }

    @Test
    void everyPathAndStatusIsMet() throws IOException {
        commands();
        rooms();
        messages();
        entries();
        events();
        programs();
        call("GET /health/live", 200, () -> nobody.get("health/live"));
        call("GET /health/ready", 200, () -> nobody.get("health/ready"));
        call("GET /metrics", 200, () -> nobody.get("metrics"));

        assertEquals(new ArrayList<>(described()), new ArrayList<>(calls.keySet()));
        calls.forEach((what, send) -> {
            HttpApi.Answered answer = send.get();
            assertEquals(what.replaceFirst(".* ", ""), Integer.toString(answer.status()), () -> what + answer.body());
            if (answer.status() >= 400) {
                assertEquals("application/problem+json", answer.header("Content-Type"), what);
            }
        });
    }

    @Test
    void everyServletIsDescribed() throws IOException {
        List<String> paths = new ArrayList<>();
        for (String line : described()) {
            paths.add(line.split(" ", -1)[1]);
        }
        for (String mapping : parley.mappings()) {
            String begin = mapping.replaceFirst("\\*$", "");
            assertTrue(
                    mapping.equals("/")
                            || paths.stream()
                                    .anyMatch(path ->
                                            mapping.equals(begin) ? path.equals(mapping) : path.startsWith(begin)),
                    () -> mapping + " is not in " + DOCUMENT);
        }
    }

    private void commands() {
        String ping = "{\"do\":\"ping\",\"id\":1}\n";
        String path = "POST /api/do";
        call(path, 200, () -> guest.post("api/do", JSON, ping));
        call(path, 400, () -> guest.post("api/do", JSON, ""));
        call(path, 401, () -> wrong.post("api/do", JSON, ping));
        call(path, 403, () -> cookie.post("api/do", JSON, ping));
        call(path, 413, () -> guest.post("api/do", JSON, " ".repeat(200_000)));
        call(path, 415, () -> guest.with("Content-Encoding", "br").post("api/do", JSON, ping));
        call(path, 429, () -> guest.post("api/do", JSON, ping.repeat(129)));
    }

    private void rooms() {
        String path = "POST /api/rooms";
        String body = Json.object("room", room).toString();
        call(path, 200, () -> guest.post("api/rooms", JSON, body));
        call(path, 400, () -> guest.post("api/rooms", JSON, "{}"));
        call(path, 401, () -> wrong.post("api/rooms", JSON, body));
        call(path, 403, () -> cookie.post("api/rooms", JSON, body));
        call(path, 413, () -> guest.post("api/rooms", JSON, " ".repeat(200_000)));
        call(path, 415, () -> guest.post("api/rooms", TEXT, room));
        reads("GET /api/rooms", "api/rooms", "?limit=0");
        reads("GET /api/rooms/{room}", "api/rooms/" + room, "!");
        call("GET /api/rooms/{room}", 404, () -> guest.get("api/rooms/" + Fresh.room()));
    }

    private void messages() {
        String there = "api/rooms/" + room + "/messages";
        String elsewhere = "api/rooms/" + Fresh.room() + "/messages";
        reads("GET /api/rooms/{room}/messages", there, "?before=x");
        call("GET /api/rooms/{room}/messages", 404, () -> guest.get(elsewhere));
        String path = "POST /api/rooms/{room}/messages";
        HttpApi keyed = guest.with("Idempotency-Key", Fresh.key());
        keyed.post(there, TEXT, "once");
        call(path, 201, () -> guest.post(there, TEXT, "hello"));
        call(path, 200, () -> keyed.post(there, TEXT, "once"));
        call(path, 400, () -> guest.post(there, TEXT, ""));
        call(path, 401, () -> wrong.post(there, TEXT, "hello"));
        call(path, 403, () -> cookie.post(there, TEXT, "hello"));
        call(path, 404, () -> guest.post(elsewhere, TEXT, "hello"));
        call(path, 409, () -> keyed.post(there, TEXT, "twice"));
        call(path, 413, () -> guest.post(there, TEXT, " ".repeat(200_000)));
        call(path, 415, () -> guest.post(there, "text/html", "hello"));
    }

    private void entries() {
        reads("GET /api/rooms/{room}/entries", "api/rooms/" + room + "/entries", "?after=x");
        call("GET /api/rooms/{room}/entries", 404, () -> guest.get("api/rooms/" + Fresh.room() + "/entries"));
    }

    private void events() {
        String path = "GET /api/events";
        call(path, 200, () -> guest.get("api/events"));
        call(path, 400, () -> guest.get("api/events?wait=61"));
        call(path, 401, () -> wrong.get("api/events"));
        path = "POST /api/events";
        call(path, 200, () -> guest.post("api/events", JSON, "{}"));
        call(path, 400, () -> guest.post("api/events", JSON, ""));
        call(path, 401, () -> wrong.post("api/events", JSON, "{}"));
        call(path, 403, () -> cookie.post("api/events", JSON, "{}"));
        call(path, 413, () -> guest.post("api/events", JSON, " ".repeat(200_000)));
        call(path, 415, () -> guest.with("Content-Encoding", "br").post("api/events", JSON, "{}"));
    }

    private void programs() {
        String path = "POST /hooks/{secret}";
        call(path, 200, () -> nobody.post(hook, JSON, "{\"text\":\"hello\"}"));
        call(path, 400, () -> nobody.post(hook, JSON, "{}"));
        call(path, 404, () -> nobody.post(hook + "x", JSON, "{\"text\":\"hello\"}"));
        call(path, 413, () -> nobody.post(hook, JSON, " ".repeat(200_000)));
        HttpApi poster = nobody.with("Idempotency-Key", Fresh.key());
        poster.post(hook, JSON, "{\"text\":\"once\"}");
        call(path, 409, () -> poster.post(hook, JSON, "{\"text\":\"twice\"}"));
        String one = channel + "/" + room + "/publish";
        path = "POST /{channel}/{room}/publish";
        call(path, 200, () -> program.post(one, JSON, "hello"));
        call(path, 400, () -> program.post(one, JSON, ""));
        call(path, 401, () -> nobody.post(one, JSON, "hello"));
        call(path, 404, () -> program.post("notAChannel12345/x/publish", JSON, "hello"));
        HttpApi keyed = program.with("Idempotency-Key", Fresh.key());
        keyed.post(one, JSON, "once");
        call(path, 409, () -> keyed.post(one, JSON, "twice"));
        call(path, 413, () -> program.post(one, JSON, " ".repeat(200_000)));
        path = "POST /{channel}/publish/rooms";
        String many = channel + "/publish/rooms";
        call(path, 200, () -> program.post(many + "?r=" + room, JSON, "hello"));
        call(path, 400, () -> program.post(many, JSON, "hello"));
        call(path, 401, () -> nobody.post(many + "?r=" + room, JSON, "hello"));
        call(path, 404, () -> program.post("notAChannel12345/publish/rooms?r=x", JSON, "hello"));
        call(path, 409, () -> keyed.post(many + "?r=" + room, JSON, "twice"));
        for (String list : List.of("members", "rooms")) {
            String listed = "GET /{channel}/" + list;
            call(listed, 200, () -> program.get(channel + "/" + list));
            call(listed, 401, () -> nobody.get(channel + "/" + list));
            call(listed, 404, () -> program.get("notAChannel12345/" + list));
        }
    }

    /** @param spoilt makes an address below which nothing can be understood */
    private void reads(String path, String address, String spoilt) {
        call(path, 200, () -> guest.get(address));
        call(path, 304, () -> guest.with("If-None-Match", "*").get(address));
        call(path, 400, () -> guest.get(address + spoilt));
        call(path, 401, () -> wrong.get(address));
    }

    private void call(String path, int status, Supplier<HttpApi.Answered> send) {
        calls.put(path + " " + status, send);
    }

    /** What the document has: method, path and status. */
    private static Set<String> described() throws IOException {
        Set<String> all = new TreeSet<>();
        String path = "";
        String method = "";
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher matcher = PATH.matcher(line);
            if (matcher.matches()) {
                path = matcher.group(1);
            }
            matcher = METHOD.matcher(line);
            if (matcher.matches()) {
                method = matcher.group(1).toUpperCase(Locale.ROOT);
            }
            matcher = STATUS.matcher(line);
            if (matcher.matches()) {
                all.add(method + " " + path + " " + matcher.group(1));
            }
        }
        return all;
    }
}
