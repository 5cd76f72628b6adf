package io.parley.transport.events;

import io.parley.access.Refusal;
import io.parley.delivery.CloseReason;
import io.parley.delivery.Command;
import io.parley.delivery.Dialogue;
import io.parley.delivery.Event;
import io.parley.delivery.Frame;
import io.parley.delivery.Inbound;
import io.parley.delivery.Reach;
import io.parley.delivery.Reply;
import io.parley.delivery.Request;
import io.parley.delivery.Subprotocol;
import io.parley.delivery.Transport;
import io.parley.http.Problem;
import io.parley.room.Position;
import io.parley.room.RoomName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One poll: a connection that ends as soon as it has been given something, or has waited long enough. Confined to the connection's worker,
 * but for {@link #goodbye}.
 *
 * <p>While it waits it is a cursor among the room's readers, and holds no thread. What it is given it keeps as the frames that all
 * readers share, until it ends.
 */
final class Poll implements Transport, Dialogue {
    /** Who asked, and hears once what came of it. Thread-safe. */
    interface Asker {
        /** Has the poll's connection closed. */
        void end();

        void told(byte[] json);

        void refused(Problem problem);
    }

    // Several rooms may have their batches in one answer; past this the rest is for the next poll.
    private static final int ENOUGH_BYTES = 128 * 1024;

    private final Asker asker;
    private final Asked asked;
    private final Subprotocol subprotocol;
    private final Map<RoomName, RoomNews> news = new LinkedHashMap<>();
    private @Nullable Refusal refusal;
    private boolean something;
    private boolean ending;
    private volatile OptionalLong retryAfter = OptionalLong.empty();

    Poll(Asker asker, Asked asked, Subprotocol subprotocol) {
        this.asker = asker;
        this.asked = asked;
        this.subprotocol = subprotocol;
        asked.at().rooms().forEach((room, position) -> news.put(room, new RoomNews(room, position)));
    }

    @Override
    public List<Request> opening() {
        return asked.requests();
    }

    @Override
    public List<Request> decode(Inbound message) {
        throw new IllegalStateException("nothing comes in by a poll");
    }

    @Override
    public List<byte[]> encode(Request request, Reply reply) {
        if (request.command() instanceof Command.Join join) {
            RoomNews room = of(join.room());
            if (reply instanceof Reply.Failed failed) {
                room.refuse(failed.refusal(), subprotocol);
            } else {
                room.begin((Reply.Joined) reply, subprotocol);
            }
            endIfFull();
        } else if (reply instanceof Reply.Failed failed) {
            refusal = failed.refusal();
        }
        return List.of();
    }

    @Override
    public void write(Frame frame, Completion completion) {
        // What comes after the end has begun is not taken, and so is for the next poll.
        if (!ending) {
            Optional<Reach> reach = frame.reach();
            if (reach.isPresent()) {
                of(reach.get().room()).add(frame, reach.get().position());
                endIfFull();
            } else {
                // The server has put the client out of a room: the next poll is told why.
                something = true;
            }
        }
        completion.written(true);
    }

    /** Who polls is not pinged: they are answered soon. */
    @Override
    public boolean ping(Completion completion) {
        return false;
    }

    @Override
    public void rested() {
        boolean answered = news.values().stream().allMatch(RoomNews::isAnswered);
        if (answered && (something || news.values().stream().anyMatch(RoomNews::isSomething) || isDoneWaiting())) {
            end();
        }
    }

    /** Whether a plain poll has seen that there is nothing; what lies in the log and not in memory takes a moment. */
    private boolean isDoneWaiting() {
        return asked.waitSeconds() == 0 && news.values().stream().noneMatch(RoomNews::isBehind);
    }

    @Override
    public Optional<byte[]> goodbye(Event.Bye bye) {
        retryAfter = bye.retryAfter();
        return Optional.empty();
    }

    /** What closing writes is taken by the container, or waits in memory. */
    @Override
    public boolean closesAtOnce() {
        return true;
    }

    @Override
    public void close(CloseReason reason) {
        if (refusal != null) {
            asker.refused(Problem.of(refusal));
        } else if (reason.equals(CloseReason.NORMAL) || reason.equals(CloseReason.GOING_AWAY)) {
            asker.told(answer());
        } else {
            asker.refused(Ending.problem(reason));
        }
    }

    private RoomNews of(RoomName room) {
        RoomNews known = news.get(room);
        if (known == null) {
            throw new IllegalStateException("news of a room that was not asked for");
        }
        return known;
    }

    private void endIfFull() {
        if (news.values().stream().mapToInt(RoomNews::bytes).sum() >= ENOUGH_BYTES) {
            end();
        }
    }

    private void end() {
        if (!ending) {
            ending = true;
            asker.end();
        }
    }

    private byte[] answer() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        text(out, "{\"rooms\":{");
        Map<RoomName, Optional<Position>> at = new LinkedHashMap<>();
        news.forEach((room, told) -> {
            text(out, at.isEmpty() ? "" : ",");
            told.write(out);
            at.put(room, told.position());
        });
        text(out, "}");
        retryAfter.ifPresent(millis -> text(out, ",\"retryAfter\":" + millis));
        text(out, ",\"at\":\"" + new At(at) + "\"}");
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
