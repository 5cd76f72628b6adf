package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks {@code /api/events} as any HTTP client would: Java's own. Thread-safe. */
final class EventsClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI events;

    EventsClient(URI events) {
        this.events = events;
    }

    /** An answer, whole. Immutable. */
    record Polled(HttpResponse<String> http) {
        JsonObject json() {
            assertEquals(200, http.statusCode(), http::body);
            return Json.parse(http.body());
        }

        JsonObject room(String name) {
            return json().getJsonObject("rooms").getJsonObject(name);
        }

        /** What to ask with next. */
        String at() {
            return json().getString("at");
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        /** The code of a refusal, and the field where there is one. */
        String refusal(int status) {
            assertEquals(status, http.statusCode(), http::body);
            assertEquals("application/problem+json", header("Content-Type").split(";", -1)[0]);
            JsonObject problem = Json.parse(http.body());
            String field = problem.getString("field", "");
            return field.isEmpty() ? problem.getString("code") : problem.getString("code") + " " + field;
        }
    }

    /** {@code at=…&wait=…}, its values encoded. */
    static String query(String... fields) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            query.append(i == 0 ? "?" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    /** Polls, and awaits the answer. */
    Polled poll(String... fields) {
        return await(polling(fields));
    }

    /** Begins to poll. */
    CompletableFuture<Polled> polling(String... fields) {
        return ask(request(query(fields)).build());
    }

    Polled post(String body) {
        return await(ask(request("")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    CompletableFuture<Polled> ask(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Polled::new);
    }

    /** A request of this door, to be said more about. */
    HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create(events + query)).timeout(PATIENCE.multipliedBy(3));
    }

    /** Opens an event stream. */
    EventStream stream(String... fields) {
        return stream(request(query(fields)));
    }

    EventStream stream(HttpRequest.Builder request) {
        try {
            return new EventStream(http.send(
                    request.header("Accept", "text/event-stream").build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new AssertionError("no stream", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Polled await(CompletableFuture<Polled> polling) {
        try {
            return polling.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a poll was not answered", e);
        }
    }
}
