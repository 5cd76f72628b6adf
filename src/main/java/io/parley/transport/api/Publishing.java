package io.parley.transport.api;

import io.parley.delivery.Command;
import io.parley.delivery.Reply;
import io.parley.delivery.Request;
import io.parley.http.Answer;
import io.parley.http.Body;
import io.parley.http.Call;
import io.parley.http.Caller;
import io.parley.http.MediaType;
import io.parley.http.Problem;
import io.parley.identity.Passes;
import io.parley.room.Content;
import io.parley.room.MessageKey;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import io.parley.text.JsonInput;
import io.parley.text.TextRules;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes messages that come by themselves, in JSON or as plain text. Thread-safe. */
final class Publishing {
    private final ApiDoor door;

    Publishing(ApiDoor door) {
        this.door = door;
    }

    void receive(Call call, RoomName room) {
        MediaType type = MediaType.of(call.request());
        if (!type.utf8() || !(type.isJson() || type.name().equals("text/plain"))) {
            call.answer(Problem.WRONG_TYPE);
            return;
        }
        call.body(door.limits().frameBytes(), body -> {
            String text = Body.text(body);
            publish(call, type.isJson() ? message(room, text) : plain(room, text));
        });
    }

    private Command.Post message(RoomName room, String json) {
        return door.json().post(room, JsonInput.parse(json, door.limits().jsonDepth()));
    }

    /** The newline at the end of a file is not part of what it says. */
    private Command.Post plain(RoomName room, String body) {
        String text = TextRules.check(
                "text",
                body.endsWith("\n") ? body.substring(0, body.length() - 1) : body,
                door.limits().textLength());
        if (text.isBlank()) {
            throw new InvalidInput("text", "there is nothing in the text");
        }
        return new Command.Post(room, Content.plain(text), Optional.empty());
    }

    private void publish(Call call, Command.Post post) {
        Command.Post keyed = keyed(call, post);
        boolean byToken = Caller.of(call.request())
                .credentials()
                .token()
                .filter(Passes::isToken)
                .isPresent();
        // A program may write to a room that is not there yet; a guest has to open it first.
        List<Request> requests = byToken
                ? List.of(Request.of(new Command.Open(post.room())), Request.of(keyed))
                : List.of(Request.of(keyed));
        String address = address(call, post.room());
        door.delivery()
                .exchange(
                        ApiDoor.opening(call),
                        requests,
                        new Single(call, requests.size(), reply -> posted(reply, address)));
    }

    private Answer posted(Reply reply, String address) {
        byte[] json = door.json().body(reply);
        if (!(reply instanceof Reply.Posted posted) || posted.duplicate()) {
            return Answer.json(HttpServletResponse.SC_OK, json);
        }
        return Answer.json(HttpServletResponse.SC_CREATED, json)
                .with("Location", address + "/entries?after=" + (posted.seq() - 1) + "&limit=1");
    }

    /** The message under the key that the request gives it. */
    static Command.Post keyed(Call call, Command.Post post) {
        return new Command.Post(post.room(), post.content(), key(call, post.key()));
    }

    /** The key that the header gives. Quotes make it a string by the rules for such (RFC 8941 §3.3.3), and are not part of the key. */
    static Optional<MessageKey> key(Call call, Optional<MessageKey> inBody) {
        @Nullable String header = call.request().getHeader("Idempotency-Key");
        if (header == null) {
            return inBody;
        }
        boolean quoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
        MessageKey key = MessageKey.parse(quoted ? header.substring(1, header.length() - 1) : header);
        if (inBody.isPresent() && !inBody.get().equals(key)) {
            throw new InvalidInput("key", "the header has another key than the body");
        }
        return Optional.of(key);
    }

    /** Where a room is found. */
    static String address(Call call, RoomName room) {
        return call.request().getContextPath() + "/api/rooms/"
                + URLEncoder.encode(room.value(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
