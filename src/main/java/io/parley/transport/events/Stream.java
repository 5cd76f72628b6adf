package io.parley.transport.events;

import io.parley.access.Refusal;
import io.parley.delivery.CloseReason;
import io.parley.delivery.Command;
import io.parley.delivery.Dialogue;
import io.parley.delivery.Event;
import io.parley.delivery.Frame;
import io.parley.delivery.Inbound;
import io.parley.delivery.Reply;
import io.parley.delivery.Request;
import io.parley.delivery.Subprotocol;
import io.parley.delivery.Transport;
import io.parley.http.Problem;
import io.parley.room.Position;
import io.parley.room.RoomName;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One event stream: entries and events as blocks, and after what moves the client one with the whole next {@code at} as its id (HTML,
 * server-sent events). Confined to the connection's worker, but for {@link #goodbye}.
 *
 * <p>Data blocks are made once for all who read the same frame; the id is each reader's own, hence a block apart.
 */
final class Stream implements Transport, Dialogue {
    private static final byte[] COMMENT = utf8(":\n\n");

    private final Visit visit;
    private final HttpServletResponse response;
    private final Asked asked;
    private final Subprotocol subprotocol;
    private final Map<RoomName, Optional<Position>> at;

    /** Rooms that begin anew, until their page has been written: whoever goes before that comes back to where they were. */
    private final Map<RoomName, Position> anew = new LinkedHashMap<>();

    private @Nullable Outflow flow;
    private @Nullable Refusal refusal;
    private boolean moved = true;
    private volatile Event.@Nullable Bye bye;

    Stream(Visit visit, HttpServletResponse response, Asked asked, Subprotocol subprotocol) {
        this.visit = visit;
        this.response = response;
        this.asked = asked;
        this.subprotocol = subprotocol;
        this.at = new LinkedHashMap<>(asked.at().rooms());
    }

    @Override
    public List<Request> opening() {
        return asked.requests();
    }

    @Override
    public List<Request> decode(Inbound message) {
        throw new IllegalStateException("nothing comes in by a stream");
    }

    @Override
    public List<byte[]> encode(Request request, Reply reply) {
        if (request.command() instanceof Command.Join join) {
            return subprotocol.encode(begun(join, reply)).map(List::of).orElse(List.of());
        }
        if (reply instanceof Reply.Failed failed) {
            refusal = failed.refusal();
        }
        return List.of();
    }

    private Event begun(Command.Join join, Reply reply) {
        if (reply instanceof Reply.Failed failed) {
            return new Event.Refused(join.room(), failed.refusal());
        }
        Reply.Joined joined = (Reply.Joined) reply;
        Position head = new Position(joined.epoch(), joined.head());
        if (!joined.complete()) {
            anew.put(join.room(), head);
        } else if (join.from() instanceof Command.From.Now) {
            moveTo(join.room(), head);
        }
        return new Event.Begun(joined);
    }

    @Override
    public void write(Frame frame, Completion completion) {
        frame.reach().ifPresent(reach -> {
            anew.remove(reach.room());
            moveTo(reach.room(), reach.position());
        });
        send(frame.blocks(), completion);
    }

    /** A comment, by which proxies see that the stream lives, and we that somebody reads it. */
    @Override
    public boolean ping(Completion completion) {
        if (flow == null) {
            return false;
        }
        send(COMMENT, completion);
        return true;
    }

    @Override
    public void rested() {
        anew.forEach(this::moveTo);
        anew.clear();
    }

    @Override
    public Optional<byte[]> goodbye(Event.Bye last) {
        bye = last;
        return Optional.empty();
    }

    /** What closing writes is taken by the container, or waits in memory. */
    @Override
    public boolean closesAtOnce() {
        return true;
    }

    @Override
    public void close(CloseReason reason) {
        Outflow open = flow;
        Event.Bye last = bye;
        if (open == null) {
            visit.refused(refusal != null ? Problem.of(refusal) : Ending.problem(reason));
        } else if (last == null || open.isWriting()) {
            // Nobody reads: there is no saying goodbye.
            open.abandon();
            visit.complete();
        } else {
            open.write(List.of(lastWords(last)), written -> visit.complete());
        }
    }

    private void moveTo(RoomName room, Position position) {
        Optional<Position> before = at.put(room, Optional.of(position));
        moved |= before == null || !before.equals(Optional.of(position));
    }

    private void send(byte[] blocks, Completion completion) {
        try {
            Outflow open = flow;
            if (open == null) {
                open = begin();
                flow = open;
            }
            List<byte[]> parts = new ArrayList<>(2);
            parts.add(blocks);
            // Of many rooms it takes longer to make than the frame.
            if (moved) {
                moved = false;
                parts.add(utf8("id: " + new At(at) + "\n\n"));
            }
            open.write(parts, completion);
        } catch (IOException | RuntimeException e) {
            completion.written(false);
        }
    }

    private Outflow begin() throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setHeader("Cache-Control", "no-store");
        // nginx would hold blocks back until it has a page of them.
        response.setHeader("X-Accel-Buffering", "no");
        return Outflow.of(response, visit::run);
    }

    /** The last event, and when to come again: browsers do so by themselves. */
    private byte[] lastWords(Event.Bye last) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        last.retryAfter().ifPresent(millis -> words.writeBytes(utf8("retry: " + millis + "\n")));
        subprotocol.encode(last).ifPresent(line -> {
            words.writeBytes(utf8("event: bye\ndata: "));
            words.writeBytes(line);
        });
        words.writeBytes(utf8("\n\n"));
        return words.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
