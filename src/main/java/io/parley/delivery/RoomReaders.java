package io.parley.delivery;

import io.micrometer.core.instrument.Counter;
import io.parley.presence.Presence;
import io.parley.presence.PresenceChange;
import io.parley.room.Position;
import io.parley.room.Room;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One worker's readers of one room, and the pass that brings them up to date. Confined to the worker, but for {@link #moved}.
 *
 * <p>A pass goes over the readers in slices, so that a large room does not stand in front of a small one. Readers at the same cursor share
 * what is made for them while a pass lasts; what comes meanwhile is for the next pass. A pass that took long is followed by a pause, in
 * which the next batch gathers: a send costs the same with one entry or with fifty. A room where too little comes to gather, or that has
 * few readers, is served at once.
 */
final class RoomReaders implements Room.Listener {
    /** A pause is that many times as long as the pass before it. */
    private static final int PAUSE_FACTOR = 3;

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
    // A shorter one is not worth the waking up.
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** So many entries must be likely to come from pass to pass: where one does, nothing gathers in a pause, and all of it is late. */
    private static final int WORTH_A_PAUSE = 2;

    private final Worker worker;
    private final Room room;
    private final Presence presence;
    private final CatchUp catchUp;
    private final Batches batches;
    private final List<Subscription> readers = new ArrayList<>();
    private final SignalFrames signals;
    private final Counter gaps;
    private final int crowd;
    private final Map<PresenceKey, PresenceFrame> presenceFrames = new HashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    private long presenceTarget;
    private int scan;
    private long passBegan;
    private long headThen;
    /** What came, and in which time, between the beginnings of the last pass and of this one. */
    private long came;

    private long cameWithin;

    private long pausesUntil;
    private boolean passing;
    private boolean again;

    RoomReaders(Worker worker, Room room, Worker.Settings settings) {
        this.worker = worker;
        this.room = room;
        this.presence = settings.presence();
        this.catchUp = settings.catchUp();
        this.batches = new Batches(room, settings.limits().batchBytes());
        this.signals = new SignalFrames(room.name(), settings.signals(), settings.signalled());
        this.gaps = settings.gaps();
        this.crowd = settings.turns().crowd();
        this.pausesUntil = worker.nanoTime();
        this.passBegan = pausesUntil;
        this.headThen = room.head();
    }

    Room room() {
        return room;
    }

    boolean isEmpty() {
        return readers.isEmpty();
    }

    void add(Subscription reader) {
        reader.index = readers.size();
        readers.add(reader);
        if (reader.presenceSeen < presence.in(room.name()).version()) {
            // Announced before anybody here was listening.
            presenceChanged();
        }
        signals.welcome(reader);
    }

    void remove(Subscription reader) {
        reader.ended = true;
        Subscription last = readers.remove(readers.size() - 1);
        if (last != reader) {
            readers.set(reader.index, last);
            last.index = reader.index;
            if (passing && last.index < scan) {
                // The pass has gone by the place that it now has.
                last.outbox.wake(last);
            }
        }
    }

    /** The room's head has moved. Called from any thread, most often the committer's. */
    @Override
    public void moved(Room moved) {
        if (woken.compareAndSet(false, true)) {
            worker.execute(() -> {
                woken.set(false);
                wake();
            });
        }
    }

    /** The room's presence has changed. */
    void presenceMoved() {
        presenceChanged();
        wake();
    }

    /** Something has passed in the room that is not kept. */
    void signalsMoved() {
        signals.moved();
        wake();
    }

    /**
     * Serves some readers.
     *
     * @param mostReaders the length of a slice
     * @return whether the pass goes on
     */
    boolean slice(int mostReaders) {
        if (scan == 0) {
            beginPass(worker.nanoTime(), room.head());
        }
        int end = Math.min(readers.size(), scan + mostReaders);
        while (scan < end && scan < readers.size()) {
            Subscription reader = readers.get(scan++);
            reader.outbox.wake(reader);
        }
        if (scan < readers.size()) {
            return true;
        }
        forget();
        scan = 0;
        passing = false;
        pause();
        if (again) {
            again = false;
            wake();
        }
        return false;
    }

    /** Forgets what readers share, unless a pass is under way: a quiet room holds nothing. */
    void rest() {
        if (!passing) {
            forget();
        }
    }

    /** The next frame for a reader; null when there is none, or none yet. */
    @Nullable
    Frame next(Subscription reader, boolean binary) {
        if (reader.presenceSeen < presenceTarget) {
            PresenceFrame moved = presenceFrame(reader, binary);
            reader.presenceSeen = Math.max(presenceTarget, moved.version);
            if (moved.frame.isPresent()) {
                return moved.frame.get();
            }
        }
        Frame passing = signals.next(reader, binary);
        if (passing != null) {
            return passing;
        }
        long head = room.head();
        if (head - reader.cursor > reader.outbox.lag()) {
            return gap(reader, head, binary);
        }
        for (Batch batch = nextBatch(reader); batch != null; batch = nextBatch(reader)) {
            reader.cursor = batch.to();
            if (!batch.isSilent()) {
                return batch.frame(binary);
            }
        }
        return null;
    }

    private void presenceChanged() {
        presenceTarget = presence.in(room.name()).version();
        presenceFrames.clear();
    }

    private void forget() {
        batches.clear();
        presenceFrames.clear();
        signals.clear();
    }

    private void wake() {
        if (passing) {
            again = true;
        } else {
            passing = true;
            worker.addPass(this, pausesUntil);
        }
    }

    private void beginPass(long now, long head) {
        came = head - headThen;
        cameWithin = now - passBegan;
        passBegan = now;
        headThen = head;
    }

    private void pause() {
        long now = worker.nanoTime();
        long pass = now - passBegan;
        long pause = Math.min(LONGEST_PAUSE_NANOS, PAUSE_FACTOR * pass);
        boolean gathers = came * (double) (pass + pause) >= WORTH_A_PAUSE * (double) cameWithin;
        pausesUntil = gathers && readers.size() >= crowd && pause >= SHORTEST_PAUSE_NANOS ? now + pause : now;
    }

    private @Nullable Batch nextBatch(Subscription reader) {
        Batch page = reader.page;
        reader.page = null;
        if (page != null && page.from() == reader.cursor && reader.pageErasures == room.erasures()) {
            return page;
        }
        long head = room.head();
        if (reader.cursor >= head || reader.reading) {
            return null;
        }
        Optional<Batch> batch = batches.after(reader.cursor, head, reader.outbox.subprotocol());
        if (batch.isEmpty()) {
            catchUp.read(reader);
        }
        return batch.orElse(null);
    }

    /** Lets a reader go on from a head who wants nothing of what lies between. The room's may have moved on meanwhile. */
    private @Nullable Frame gap(Subscription reader, long head, boolean binary) {
        Event gap = new Event.Gap(room.name(), reader.cursor, head);
        Reach reach = new Reach(room.name(), new Position(room.epoch(), head));
        reader.cursor = head;
        reader.page = null;
        gaps.increment();
        return reader.outbox
                .subprotocol()
                .encode(gap)
                .map(line -> Frame.reaching(reach, line, binary))
                .orElse(null);
    }

    private PresenceFrame presenceFrame(Subscription reader, boolean binary) {
        Subprotocol subprotocol = reader.outbox.subprotocol();
        return presenceFrames.computeIfAbsent(new PresenceKey(reader.presenceSeen, subprotocol, binary), key -> {
            Optional<PresenceChange> change = presence.since(room.name(), key.seen);
            Optional<Frame> frame = change.flatMap(
                            moved -> subprotocol.encode(new Event.PresenceMoved(room.name(), moved)))
                    .map(line -> binary ? Frame.binary(line) : Frame.text(line));
            return new PresenceFrame(change.map(PresenceChange::version).orElse(presenceTarget), frame);
        });
    }

    private record PresenceKey(long seen, Subprotocol subprotocol, boolean binary) {}

    private record PresenceFrame(long version, Optional<Frame> frame) {}
}
