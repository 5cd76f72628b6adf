package io.parley.delivery;

import io.parley.room.Room;
import io.parley.room.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The outbound half of a connection: its cursors, the replies that wait, and the one write that is under way. Confined to its worker, but
 * for {@link #written}.
 *
 * <p>A write carries the waiting replies, or one room's next batch. While it is under way nothing is queued for the client but replies,
 * which {@code limits.pending} bounds; entries stay in the log.
 */
final class Outbox implements Transport.Completion {
    private static final Logger LOG = System.getLogger(Outbox.class.getName());
    // Writes that end at once could go on as long as there is anything: a reader far behind must not keep the worker.
    private static final int MOST_WRITES_IN_A_ROW = 8;
    // Of a write that failed the container knows why, and mostly closes by itself, with a better code than we have.
    private static final long CLOSES_BY_ITSELF_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Transport transport;
    private final Subprotocol subprotocol;
    private final Worker worker;
    private final Worker.Settings settings;
    private final boolean hears;
    private final ArrayDeque<Line> replies = new ArrayDeque<>();
    private final ArrayDeque<Subscription> behind = new ArrayDeque<>();
    private final Map<Room, Subscription> subscriptions = new HashMap<>();
    private final Whispers whispers = new Whispers();
    private boolean binary;
    private boolean listsRooms;
    private long lag = Long.MAX_VALUE;
    private boolean writing;
    private boolean heldUp;
    private boolean tookMore;
    private boolean insideWrite;
    private boolean resting;
    private boolean pingDue;
    private boolean pinging;
    private long writeBegan;
    private long pinged;
    private long pingOut;
    private @Nullable CloseReason closing;
    private boolean closed;
    private boolean broken;
    private long brokenSince;

    /** @param hears whether the client, who came {@code now}, is told of more than entries */
    Outbox(
            Transport transport,
            Subprotocol subprotocol,
            Worker worker,
            Worker.Settings settings,
            boolean hears,
            long now) {
        this.transport = transport;
        this.subprotocol = subprotocol;
        this.worker = worker;
        this.settings = settings;
        this.hears = hears;
        this.pinged = now;
        this.pingOut = now;
    }

    Worker worker() {
        return worker;
    }

    Subprotocol subprotocol() {
        return subprotocol;
    }

    /** From now on frames go as binary messages. */
    void useBinary() {
        binary = true;
    }

    /** By how many entries the client may fall behind in a room; further ones are left out. */
    void mayLag(long entries) {
        lag = entries;
    }

    long lag() {
        return lag;
    }

    /** The client has asked for the list of rooms: from now on it is told how that changes. */
    void listsRooms() {
        listsRooms = true;
    }

    boolean hasListedRooms() {
        return listsRooms;
    }

    boolean follows(RoomName room) {
        return rooms().contains(room);
    }

    List<RoomName> rooms() {
        return subscriptions.keySet().stream().map(Room::name).toList();
    }

    /** Follows a room from a cursor on; one that is followed already is moved there. */
    void follow(Room room, long cursor, long presenceSeen, long signalsSeen) {
        RoomReaders readers = worker.readersOf(room);
        Subscription before = subscriptions.get(room);
        if (before != null) {
            readers.remove(before);
        }
        Subscription reader = hears
                ? new Subscription(this, readers, cursor, presenceSeen, signalsSeen)
                : new Subscription(this, readers, cursor, Long.MAX_VALUE, Long.MAX_VALUE);
        readers.add(reader);
        subscriptions.put(room, reader);
        enqueue(reader);
    }

    void unfollow(Room room) {
        Subscription reader = subscriptions.remove(room);
        if (reader != null) {
            reader.readers.remove(reader);
            worker.tidy(reader.readers);
            whispers.forget(room.name());
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Something may be there for a reader of this connection. */
    void wake(Subscription reader) {
        enqueue(reader);
        serve();
    }

    /**
     * Queues the lines of one answer; they go before any entries that are not yet in a write, and none after the last word.
     *
     * @param answered called once, when they have left the queue; not when the connection is gone before
     */
    void reply(List<byte[]> lines, Runnable answered) {
        if (closed || closing != null || lines.isEmpty()) {
            answered.run();
        } else {
            for (int i = 0; i < lines.size(); i++) {
                replies.addLast(new Line(lines.get(i), i == lines.size() - 1 ? answered : null));
            }
        }
        serve();
    }

    /** Says something in its place among the replies. */
    void say(Event event) {
        if (!closed && closing == null) {
            subprotocol.encode(event).ifPresent(line -> replies.addLast(new Line(line, null)));
        }
    }

    /** Tells this client alone; behind the replies, and before entries. */
    void whisper(Whispers.Key key, Event event) {
        subprotocol.encode(event).ifPresent(line -> whisper(key, line));
    }

    void whisper(Whispers.Key key, byte[] line) {
        if (hears && !closed && closing == null) {
            whispers.add(key, line);
            serve();
        }
    }

    /** Says a last line, if there is one, and closes. */
    void close(CloseReason reason, byte @Nullable [] lastLine) {
        if (closed || closing != null) {
            return;
        }
        closing = reason;
        behind.clear();
        whispers.clear();
        if (lastLine != null) {
            replies.addLast(new Line(lastLine, null));
        }
        serve();
    }

    /** The connection is gone: lets go of everything. */
    void gone() {
        closed = true;
        replies.clear();
        behind.clear();
        whispers.clear();
        List.copyOf(subscriptions.keySet()).forEach(this::unfollow);
    }

    /** Asks the client for a sign of life; while a write is under way, as soon as it is done. */
    void ping() {
        pingDue = !pinging;
        serve();
    }

    /** When the client was asked last, or came. The answer may come before the network has said that the question is out. */
    long pinged() {
        return pinged;
    }

    /** For how long the client has had the question, in nanoseconds; 0 as long as it is on its way. */
    long hasBeenAskedFor(long now) {
        return pinging ? 0 : now - pingOut;
    }

    /** Whether the client has let a write pass that it had held up: it reads, however slowly. Tells it once. */
    boolean hasTakenMore() {
        boolean taken = tookMore;
        tookMore = false;
        return taken;
    }

    /** Looks whether the write under way takes too long, or whether one failed and the connection is still there. */
    void sweep(long now) {
        heldUp = writing;
        if (broken && now - brokenSince >= CLOSES_BY_ITSELF_NANOS) {
            broken = false;
            worker.close(transport, closing != null ? closing : CloseReason.INTERNAL);
        }
        if (!closed
                && writing
                && now - writeBegan > TimeUnit.SECONDS.toNanos(settings.limits().writeTimeoutSeconds())) {
            closed = true;
            worker.close(transport, closing != null ? closing : CloseReason.TOO_SLOW);
        }
    }

    @Override
    public void written(boolean ok) {
        if (worker.isCurrent() && insideWrite) {
            done(ok);
        } else {
            worker.execute(() -> {
                done(ok);
                serve();
            });
        }
    }

    private void done(boolean ok) {
        tookMore |= ok && heldUp;
        heldUp = false;
        writing = false;
        if (pinging) {
            pinging = false;
            pingOut = worker.nanoTime();
        }
        if (!ok && !closed) {
            closed = true;
            broken = true;
            brokenSince = worker.nanoTime();
        }
    }

    private void enqueue(Subscription reader) {
        if (!reader.queued && !closed && closing == null) {
            reader.queued = true;
            behind.addLast(reader);
        }
    }

    /** Goes on after others had their turn. */
    void goOn() {
        resting = false;
        serve();
    }

    /** Writes whatever there is, if nothing is under way. */
    void serve() {
        if (insideWrite || resting) {
            return;
        }
        try {
            // A write may complete while it is being begun: hence a loop and not a call from the completion.
            for (int writes = 0; !writing && !closed; writes++) {
                if (writes == MOST_WRITES_IN_A_ROW) {
                    resting = true;
                    worker.goOnLater(this);
                    return;
                }
                if (pingDue && pings()) {
                    continue;
                }
                Frame frame = next();
                if (frame == null) {
                    rest();
                    return;
                }
                write(frame);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a connection could not be served and is closed", e);
            closed = true;
            worker.close(transport, CloseReason.INTERNAL);
        }
    }

    /** Whether a ping was begun; one that cannot be stays due. */
    private boolean pings() {
        long before = pinged;
        begin();
        pinging = true;
        pinged = writeBegan;
        try {
            pingDue = !transport.ping(this);
        } finally {
            insideWrite = false;
        }
        if (pingDue) {
            pinging = false;
            pinged = before;
            writing = false;
        }
        return !pingDue;
    }

    private void write(Frame frame) {
        begin();
        try {
            transport.write(frame, this);
        } finally {
            insideWrite = false;
        }
        worker.counted(frame);
    }

    private void begin() {
        writing = true;
        writeBegan = worker.nanoTime();
        insideWrite = true;
    }

    private void rest() {
        if (closing != null) {
            closed = true;
            worker.close(transport, closing);
        } else {
            transport.rested();
        }
    }

    private @Nullable Frame next() {
        if (!replies.isEmpty()) {
            return nextReplies();
        }
        if (!whispers.isEmpty()) {
            byte[] utf8 = whispers.take(subprotocol.joinsLines());
            return binary ? Frame.binary(utf8) : Frame.text(utf8);
        }
        return nextEntries();
    }

    private Frame nextReplies() {
        List<byte[]> lines = new ArrayList<>();
        int bytes = 0;
        do {
            Line line = replies.removeFirst();
            if (line.left != null) {
                line.left.run();
            }
            lines.add(line.utf8);
            bytes += line.utf8.length;
        } while (subprotocol.joinsLines()
                && !replies.isEmpty()
                && bytes < settings.limits().batchBytes());
        byte[] utf8 = lines.size() == 1 ? lines.get(0) : Lines.join(lines);
        return binary ? Frame.binary(utf8) : Frame.text(utf8);
    }

    private @Nullable Frame nextEntries() {
        while (true) {
            Subscription reader = behind.pollFirst();
            if (reader == null) {
                return null;
            }
            reader.queued = false;
            Frame frame = reader.ended ? null : reader.readers.next(reader, binary);
            if (frame != null) {
                // There may be more; the connection's other rooms come first.
                enqueue(reader);
                return frame;
            }
        }
    }
}
