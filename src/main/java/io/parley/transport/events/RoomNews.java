package io.parley.transport.events;

import io.parley.access.Refusal;
import io.parley.delivery.Event;
import io.parley.delivery.Frame;
import io.parley.delivery.Reply;
import io.parley.delivery.Subprotocol;
import io.parley.room.Position;
import io.parley.room.RoomName;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one poll is told of one room. Confined to the poll. */
final class RoomNews {
    private final RoomName room;
    private final List<Frame> batches = new ArrayList<>(1);
    private Optional<Position> position;
    private long head;
    private boolean answered;

    /** Instead of anything else: why there is nothing; or, before all else, the room as it stands. */
    private byte @Nullable [] refused;

    private byte @Nullable [] reset;

    /** @param asked where the client is; empty for one who reads from now on */
    RoomNews(RoomName room, Optional<Position> asked) {
        this.room = room;
        this.position = asked;
    }

    /** The room can be read; what is new comes as batches. */
    void begin(Reply.Joined joined, Subprotocol subprotocol) {
        answered = true;
        head = joined.head();
        if (!joined.complete()) {
            reset = subprotocol.encode(new Event.Begun(joined)).orElseThrow();
        }
        if (!joined.complete() || position.isEmpty()) {
            position = Optional.of(new Position(joined.epoch(), head));
        }
    }

    void refuse(Refusal refusal, Subprotocol subprotocol) {
        answered = true;
        refused = subprotocol.encode(new Event.Refused(room, refusal)).orElseThrow();
    }

    /** @param reached where the client is after it */
    void add(Frame batch, Position reached) {
        batches.add(batch);
        position = Optional.of(reached);
        head = Math.max(head, reached.seq());
    }

    /** Whether the client is to be told at once. */
    boolean isSomething() {
        return refused != null || reset != null || !batches.isEmpty();
    }

    /** Whether it is known that there is more than what was added. */
    boolean isBehind() {
        return refused == null && answered && reached() < head;
    }

    boolean isAnswered() {
        return answered;
    }

    /** How many bytes it takes, about. */
    int bytes() {
        int bytes = (refused == null ? 0 : refused.length) + (reset == null ? 0 : reset.length);
        for (Frame batch : batches) {
            bytes += batch.length();
        }
        return bytes;
    }

    /** Where the client is with it: as before, for a room that was not answered. */
    Optional<Position> position() {
        return position;
    }

    /** Writes it as a field of an object of rooms. */
    void write(ByteArrayOutputStream out) {
        text(out, "\"" + room.value() + "\":");
        if (refused != null) {
            out.writeBytes(refused);
            return;
        }
        text(out, "{");
        if (answered) {
            text(out, "\"epoch\":\"" + position.orElseThrow().epoch() + "\",\"head\":" + head + ",");
        }
        if (reset != null) {
            text(out, "\"reset\":");
            out.writeBytes(reset);
            text(out, ",");
        }
        text(out, "\"entries\":[");
        for (int i = 0; i < batches.size(); i++) {
            text(out, i == 0 ? "" : ",");
            lines(out, batches.get(i).bytes());
        }
        // Who was not answered in time asks again.
        text(out, "],\"more\":" + (!answered || isBehind()) + "}");
    }

    private long reached() {
        return position.map(Position::seq).orElse(0L);
    }

    /** The lines of a frame, which are JSON without newlines, as elements of an array. */
    private static void lines(ByteArrayOutputStream out, ByteBuffer joined) {
        while (joined.hasRemaining()) {
            byte next = joined.get();
            out.write(next == '\n' ? ',' : next);
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
