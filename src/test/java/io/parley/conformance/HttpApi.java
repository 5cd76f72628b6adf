package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Somebody who talks by HTTP alone, with Java's own client. Immutable. */
final class HttpApi {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final List<String> headers;

    HttpApi(URI base) {
        this(base, List.of());
    }

    private HttpApi(URI base, List<String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** An answer, read. Immutable. */
    record Answered(int status, String body, HttpResponse<?> response) {
        JsonObject json() {
            return Json.parse(body);
        }

        List<JsonObject> lines() {
            return body.lines().map(Json::parse).toList();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** The same, with the token of a session. */
    HttpApi bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** The same, with further headers, names and values in turn. */
    HttpApi with(String... more) {
        return new HttpApi(
                base,
                java.util.stream.Stream.concat(headers.stream(), Arrays.stream(more))
                        .toList());
    }

    /** A new guest, of whom every request is from now on. */
    HttpApi guest() {
        JsonObject hello = carryOut(Json.object("do", "hello", "id", 1)).get(0);
        return bearer(hello.getJsonObject("ok").getString("token"));
    }

    /** The name of a room made for this. */
    String opened() {
        String room = Fresh.room();
        assertEquals(
                200,
                post("api/rooms", "application/json", Json.object("room", room).toString())
                        .status());
        return room;
    }

    /** The replies to commands that are sent together. */
    List<JsonObject> carryOut(JsonObject... commands) {
        String body = Arrays.stream(commands).map(JsonObject::toString).collect(Collectors.joining("\n"));
        Answered answer = post("api/do", "application/x-ndjson", body);
        assertEquals(200, answer.status(), answer.body());
        return answer.lines();
    }

    Answered get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answered post(String path, String type, String body) {
        return with("Content-Type", type).send("POST", path, BodyPublishers.ofString(body));
    }

    /** What is in a room, by its history. */
    List<String> texts(String room) {
        return Json.strings(get("api/rooms/" + room + "/messages?limit=200").json(), "messages", "text");
    }

    Answered send(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).method(method, body);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answered(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
