package io.parley.transport.api;

import io.parley.delivery.Command;
import io.parley.delivery.Opening;
import io.parley.delivery.Request;
import io.parley.http.Answer;
import io.parley.http.Body;
import io.parley.http.Call;
import io.parley.http.MediaType;
import io.parley.http.Problem;
import io.parley.http.Query;
import io.parley.identity.Credentials;
import io.parley.identity.Pass;
import io.parley.room.Content;
import io.parley.room.MessageKey;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import io.parley.text.JsonInput;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code /hooks/SECRET}: takes what can post to Slack (protocol §5). Thread-safe.
 *
 * <p>The text is what is posted, and where there is none the fallbacks of the attachments; what else Slack would make of a body is not made here.
 */
public final class HookServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);

    private final transient ApiDoor door;
    private final transient Programs programs;
    private final transient Bodies bodies;

    public HookServlet(ApiDoor door, Programs programs) {
        this.door = door;
        this.programs = programs;
        this.bodies = new Bodies(door);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            Problem.METHOD_NOT_ALLOWED.answer().with("Allow", "POST").send(response);
            return;
        }
        String secret = String.valueOf(request.getPathInfo()).replaceFirst("^/", "");
        MediaType type = MediaType.of(request);
        Call call = door.begin(request, response);
        call.body(door.limits().frameBytes(), body -> {
            String text = text(type, Body.text(body));
            Optional<MessageKey> key = Publishing.key(call, Optional.empty());
            programs.find(call, passes -> passes.hook(secret), found -> {
                if (found.isPresent()) {
                    post(call, found.get(), text, key);
                } else {
                    call.answer(Problem.NOT_FOUND);
                }
            });
        });
    }

    private void post(Call call, Pass pass, String text, Optional<MessageKey> key) {
        RoomName room = RoomName.parse(pass.room().orElseThrow());
        List<Request> requests = List.of(
                Request.of(new Command.Open(room)), Request.of(new Command.Post(room, Content.plain(text), key)));
        Opening opening = new Opening(Credentials.of(pass), Optional.empty(), call.remote());
        door.delivery()
                .exchange(
                        opening,
                        requests,
                        new Single(
                                call,
                                requests.size(),
                                posted -> Answer.of(HttpServletResponse.SC_OK, "text/plain;charset=utf-8", OK)));
    }

    private String text(MediaType type, String body) {
        String json = type.name().equals("application/x-www-form-urlencoded")
                ? Query.parse(body)
                        .value("payload")
                        .orElseThrow(() -> new InvalidInput("payload", "the form has no payload"))
                : body;
        JsonInput message = JsonInput.parse(json, door.limits().jsonDepth());
        List<String> said = new ArrayList<>();
        message.string("text").filter(text -> !text.isBlank()).ifPresent(said::add);
        if (said.isEmpty()) {
            for (JsonInput attachment : message.list("attachments")) {
                attachment
                        .string("fallback")
                        .or(() -> attachment.string("text"))
                        .ifPresent(said::add);
            }
        }
        return bodies.text(String.join("\n", said).replace("\r\n", "\n"));
    }
}
