package io.parley.transport.api;

import io.parley.delivery.Command;
import io.parley.delivery.Reply;
import io.parley.delivery.Request;
import io.parley.http.Answer;
import io.parley.http.Body;
import io.parley.http.Call;
import io.parley.http.EntityTag;
import io.parley.http.MediaType;
import io.parley.http.Problem;
import io.parley.http.Query;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import io.parley.text.JsonInput;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /api/rooms} and what lies below: rooms, who is there, messages, entries (protocol §5). Thread-safe. */
public final class RoomsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int USUAL_PAGE = 50;

    private final transient ApiDoor door;
    private final transient Publishing publishing;

    public RoomsServlet(ApiDoor door) {
        this.door = door;
        this.publishing = new Publishing(door);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        List<String> words = List.of(path.replaceFirst("^/", "").split("/", -1));
        boolean all = path.isEmpty() || path.equals("/");
        boolean messages = !all && words.size() == 2 && words.get(1).equals("messages");
        boolean entries = !all && words.size() == 2 && words.get(1).equals("entries");
        if (!all && !messages && !entries && words.size() != 1) {
            Problem.NOT_FOUND.answer().send(response);
            return;
        }
        String method = request.getMethod();
        boolean reads = method.equals("GET") || method.equals("HEAD");
        if (!reads && !(method.equals("POST") && (all || messages))) {
            String allowed = all || messages ? "GET, HEAD, POST" : "GET, HEAD";
            Problem.METHOD_NOT_ALLOWED.answer().with("Allow", allowed).send(response);
            return;
        }
        Call call = door.begin(request, response);
        try {
            if (reads) {
                read(call, reading(Query.of(request), all, messages, entries, words));
            } else if (all) {
                call.body(door.limits().frameBytes(), body -> open(call, body));
            } else {
                publishing.receive(call, RoomName.parse(words.get(0)));
            }
        } catch (InvalidInput e) {
            call.failed(e);
        }
    }

    private Command reading(Query query, boolean all, boolean messages, boolean entries, List<String> words) {
        if (all) {
            if (query.value("mine").filter(mine -> !mine.equals("false")).isPresent()) {
                throw new InvalidInput("mine", "mine are the rooms that a connection has joined: a request has none");
            }
            return new Command.ListRooms(false, query.value("after").map(RoomName::parse), limit(query));
        }
        RoomName room = RoomName.parse(words.get(0));
        if (messages) {
            return new Command.Before(room, query.integer("before").orElse(Long.MAX_VALUE), limit(query));
        }
        return entries
                ? new Command.After(room, query.integer("after").orElse(0), limit(query))
                : new Command.Who(room);
    }

    private int limit(Query query) {
        int most = door.limits().page();
        long limit = query.integer("limit").orElse(Math.min(USUAL_PAGE, most));
        if (limit < 1 || limit > most) {
            throw new InvalidInput("limit", "limit lies between 1 and " + most);
        }
        return (int) limit;
    }

    private void read(Call call, Command command) {
        @Nullable String known = call.request().getHeader("If-None-Match");
        ask(call, command, reply -> page(known, door.json().body(reply)));
    }

    /** Whoever has the very same already is told so, and nobody else may keep it: it is what this user may see. */
    private static Answer page(@Nullable String known, byte[] json) {
        String tag = '"' + EntityTag.of(json) + '"';
        Answer answer = EntityTag.matches(known, tag)
                ? Answer.empty(HttpServletResponse.SC_NOT_MODIFIED)
                : Answer.json(HttpServletResponse.SC_OK, json);
        return answer.with("ETag", tag)
                .with("Cache-Control", "private, no-cache")
                .with("Vary", "Origin, Authorization, Cookie");
    }

    private void open(Call call, byte[] body) {
        if (!MediaType.of(call.request()).isJson()) {
            call.answer(Problem.WRONG_TYPE);
            return;
        }
        JsonInput input = JsonInput.parse(Body.text(body), door.limits().jsonDepth());
        if (!input.string("kind").orElse("public").equals("public")) {
            throw new InvalidInput("kind", "only public rooms can be opened here");
        }
        RoomName room = RoomName.parse(input.requiredString("room"));
        String address = Publishing.address(call, room);
        ask(
                call,
                new Command.Open(room),
                reply -> Answer.json(HttpServletResponse.SC_OK, door.json().body(reply))
                        .with("Location", address));
    }

    private void ask(Call call, Command command, Function<Reply, Answer> form) {
        door.delivery().exchange(ApiDoor.opening(call), List.of(Request.of(command)), new Single(call, 1, form));
    }
}
