package io.parley.transport.events;

import io.parley.access.Refusal;
import io.parley.http.Answer;
import io.parley.http.Call;
import io.parley.http.Problem;
import io.parley.http.Query;
import io.parley.text.InvalidInput;
import io.parley.text.JsonInput;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code /api/events}: reads what a request wants, and gives it to the door (protocol §5). Thread-safe; no thread waits. */
public final class EventsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    // What a poll's answer may take to be read, beside its wait.
    private static final Duration READING = Duration.ofSeconds(60);
    // A stream is timed write by write.
    private static final Duration NO_END = Duration.ZERO;

    private final transient EventsDoor door;

    public EventsServlet(EventsDoor door) {
        this.door = door;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getPathInfo() != null) {
            Problem.NOT_FOUND.answer().send(response);
            return;
        }
        switch (request.getMethod()) {
            case "GET" -> get(request, response);
            case "HEAD" -> head(request, response);
            case "POST" -> post(request, response);
            default ->
                Problem.METHOD_NOT_ALLOWED
                        .answer()
                        .with("Allow", "GET, HEAD, POST")
                        .send(response);
        }
    }

    private void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean stream = Asked.isStream(request.getHeader("Accept"));
        Asked asked;
        try {
            Asked any = Asked.of(Query.of(request), request.getHeader("Last-Event-ID"), door.limits());
            asked = stream ? any.streamed() : any;
        } catch (InvalidInput e) {
            Problem.of(Refusal.of(e)).answer().send(response);
            return;
        }
        serve(
                Call.begin(request, response, stream ? NO_END : READING.plusSeconds(asked.waitSeconds())),
                response,
                stream,
                asked);
    }

    /** Whoever only wants to know that it is there does not wait. */
    private static void head(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean stream = Asked.isStream(request.getHeader("Accept"));
        Answer.of(HttpServletResponse.SC_OK, stream ? "text/event-stream" : "application/json", new byte[0])
                .send(response);
    }

    private void post(HttpServletRequest request, HttpServletResponse response) {
        boolean stream = Asked.isStream(request.getHeader("Accept"));
        String lastEventId = request.getHeader("Last-Event-ID");
        Call call = Call.begin(request, response, stream ? NO_END : READING.multipliedBy(2));
        call.body(door.limits().frameBytes(), body -> {
            JsonInput wanted = JsonInput.parse(
                    new String(body, StandardCharsets.UTF_8), door.limits().jsonDepth());
            Asked asked = Asked.of(wanted, lastEventId, door.limits());
            serve(call, response, stream, stream ? asked.streamed() : asked);
        });
    }

    private void serve(Call call, HttpServletResponse response, boolean stream, Asked asked) {
        if (stream) {
            door.stream(call, response, asked);
        } else {
            door.poll(call, asked);
        }
    }
}
