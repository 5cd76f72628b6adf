package io.parley.room;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.config.Limits;
import io.parley.identity.User;
import io.parley.identity.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How far those who are here have read. Thread-safe.
 *
 * <p>Marks are coalesced: what is asked for between two {@linkplain #flush flushes}, which a timer makes, is one write for each user. Overflow
 * rule: while the committer is half full of other things, marks are refused, since they are worth least.
 */
public final class ReadMarks {
    /** Is told of marks that have moved. Called by the committer, without a lock; must not block. */
    public interface Listener {
        void moved(User reader, RoomName room, long seq);
    }

    private final RoomLog log;
    private final Committer committer;
    private final int mostQueued;
    private final ConcurrentHashMap<UserId, Reader> readers = new ConcurrentHashMap<>();
    private final Set<Reader> waiting = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Counter written;
    private final Counter dropped;

    public ReadMarks(RoomLog log, Committer committer, Limits limits, MeterRegistry meters) {
        this.log = log;
        this.committer = committer;
        this.mostQueued = limits.queuedWrites() / 2;
        written = Counter.builder("parley.read.marks")
                .description("read marks that were moved")
                .register(meters);
        dropped = Counter.builder("parley.read.marks.refused")
                .description("read marks that were not stored, for want of room or of a store")
                .register(meters);
        Gauge.builder("parley.read.waiting", waiting, Set::size)
                .description("users whose read marks wait to be stored")
                .register(meters);
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** How many users are known here. */
    public int size() {
        return readers.size();
    }

    /**
     * Somebody is here by one connection more, which closes the reader when it goes. Blocks for the store, not for another who enters: for
     * the pool that reads.
     *
     * @return fails with {@link RoomLogException} when the store fails, and then nothing is to be closed
     */
    public CompletionStage<Reader> enter(UserId id) {
        Reader mine = new Reader(id, this);
        Reader reader = readers.compute(id, (key, known) -> {
            Reader kept = known == null ? mine : known;
            kept.opened();
            return kept;
        });
        if (reader == mine) {
            load(mine);
        }
        return reader.loaded()
                .whenComplete((loaded, failure) -> {
                    if (failure != null) {
                        reader.close();
                    }
                })
                .thenApply(loaded -> reader);
    }

    /** Has written what waits. Called by a timer, and once at the end; never blocks. */
    public void flush() {
        boolean full = committer.queued() > mostQueued;
        for (Reader reader : List.copyOf(waiting)) {
            waiting.remove(reader);
            Map<RoomId, Reader.Wanted> taken = reader.take();
            if (taken.isEmpty()) {
                continue;
            }
            if (full) {
                settle(reader, taken, new Written.Refused(Written.Reason.UNAVAILABLE));
            } else {
                Map<RoomId, Long> seqs = new LinkedHashMap<>();
                taken.forEach((room, wanted) -> seqs.put(room, wanted.seq()));
                committer.submit(new Write.Read(reader.id(), seqs)).thenAccept(answer -> settle(reader, taken, answer));
            }
        }
    }

    void waits(Reader reader) {
        waiting.add(reader);
    }

    void forget(Reader reader) {
        readers.computeIfPresent(reader.id(), (id, known) -> known == reader && reader.isUnused() ? null : known);
    }

    private void load(Reader reader) {
        try {
            reader.load(log.readMarks(reader.id()));
            reader.loaded().complete(true);
        } catch (RuntimeException | Error e) {
            readers.remove(reader.id(), reader);
            reader.loaded().completeExceptionally(e);
        }
    }

    private void settle(Reader reader, Map<RoomId, Reader.Wanted> taken, Written answer) {
        Map<RoomId, ReadMark> marks = answer instanceof Written.Marked marked ? marked.marks() : Map.of();
        Map<RoomId, ReadMark> moved = reader.written(taken.keySet(), marks);
        written.increment(moved.size());
        dropped.increment(taken.size() - (double) marks.size());
        moved.forEach((room, mark) -> {
            Reader.Wanted wanted = taken.get(room);
            if (wanted != null) {
                wanted.name().ifPresent(name -> tell(wanted.user(), name, mark.seq()));
            }
        });
        if (reader.waits()) {
            waits(reader);
        }
        if (reader.isUnused()) {
            forget(reader);
        }
        taken.values().forEach(wanted -> wanted.promise().complete(answer));
    }

    private void tell(User reader, RoomName room, long seq) {
        listeners.forEach(listener -> listener.moved(reader, room, seq));
    }
}
