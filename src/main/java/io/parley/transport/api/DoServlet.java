package io.parley.transport.api;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.delivery.Dialogue;
import io.parley.delivery.Inbound;
import io.parley.delivery.Opening;
import io.parley.delivery.Replies;
import io.parley.delivery.Reply;
import io.parley.delivery.Request;
import io.parley.http.Answer;
import io.parley.http.Body;
import io.parley.http.Call;
import io.parley.http.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /api/do}: any commands, one a line; their replies, one a line, in the same order. Thread-safe. */
public final class DoServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    // As WebSocket has it: newlines between objects (protocol §4).
    private static final String LINES = "application/x-ndjson";

    private final transient ApiDoor door;

    public DoServlet(ApiDoor door) {
        this.door = door;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            Problem.METHOD_NOT_ALLOWED.answer().with("Allow", "POST").send(response);
            return;
        }
        Call call = door.begin(request, response);
        call.body(door.limits().frameBytes(), body -> carryOut(call, body));
    }

    private void carryOut(Call call, byte[] body) {
        Opening opening = ApiDoor.opening(call);
        Dialogue dialogue = door.language().open(opening);
        List<Request> requests = dialogue.decode(new Inbound.Text(Body.text(body)));
        int most = door.limits().pending();
        Refusal tooMany = Refusal.of(ErrorCode.TOO_MANY, "at most " + most + " commands at once");
        if (requests.size() > 2 * most) {
            call.answer(Problem.of(tooMany));
            return;
        }
        List<Request> bounded = new ArrayList<>(requests.size());
        for (Request request : requests) {
            bounded.add(bounded.size() < most ? request : Request.invalid(request.id(), tooMany));
        }
        door.delivery().exchange(opening, bounded, new Lines(call, dialogue, bounded.size()));
    }

    /** Gathers the replies in the order of their requests. Confined to one exchange. */
    private static final class Lines implements Replies {
        private final Call call;
        private final Dialogue dialogue;
        private final byte[][] lines;

        Lines(Call call, Dialogue dialogue, int requests) {
            this.call = call;
            this.dialogue = dialogue;
            this.lines = new byte[requests][];
        }

        @Override
        public int replied(int number, Request request, Reply reply) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (byte[] utf8 : dialogue.encode(request, reply)) {
                line.writeBytes(utf8);
                line.write('\n');
            }
            lines[number] = line.toByteArray();
            return line.size();
        }

        @Override
        public void whole() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] line : lines) {
                all.writeBytes(line);
            }
            call.answer(Answer.of(HttpServletResponse.SC_OK, LINES, all.toByteArray()));
        }

        @Override
        public void refused(Refusal refusal) {
            call.answer(Problem.of(refusal));
        }
    }
}
