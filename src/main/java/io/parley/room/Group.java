package io.parley.room;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one transaction, and what will be said to each once it is committed. Confined to the committer's thread.
 *
 * <p>Here is decided what only the log's order can settle: duplicates, {@code seq}, {@code at}.
 */
final class Group {
    private final List<PendingWrite> writes;
    private final Map<PendingWrite, Written> answers = new LinkedHashMap<>();
    private final Map<RoomId, Growth> growths = new TreeMap<>();

    Group(List<PendingWrite> writes) {
        this.writes = writes;
    }

    /** Puts everything into the transaction, which the caller commits. */
    void write(RoomLog.Transaction transaction, Clock clock) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        List<Candidate> candidates = new ArrayList<>();
        for (PendingWrite pending : writes) {
            Written answer = pending.write() instanceof Write.Append append
                    ? prepare(transaction, pending, append, now, candidates)
                    : writeOther(transaction, pending.write(), now);
            if (answer != null) {
                answers.put(pending, answer);
            }
        }
        if (!candidates.isEmpty()) {
            append(transaction, candidates, now);
        }
    }

    /** Whether the log holds what this group wrote; for when the answer to a commit was lost. Valid while this node alone writes. */
    boolean isIn(RoomLog log) {
        for (Growth growth : growths.values()) {
            long stored = log.find(growth.room.name()).map(RoomInfo::head).orElse(-1L);
            if (!growth.entries.isEmpty() && stored != growth.head) {
                return false;
            }
        }
        return growths.values().stream().anyMatch(growth -> !growth.entries.isEmpty());
    }

    /** Shows the committed entries to their rooms, then answers; a listener's bug is thrown when all of that is done. */
    void publish() {
        @Nullable RuntimeException bug = null;
        try {
            for (Growth growth : growths.values()) {
                try {
                    growth.publish();
                } catch (RuntimeException e) {
                    bug = e;
                }
            }
        } finally {
            answers.forEach((pending, answer) -> pending.promise().complete(answer));
        }
        if (bug != null) {
            throw bug;
        }
    }

    private static @Nullable Written prepare(
            RoomLog.Transaction transaction,
            PendingWrite pending,
            Write.Append append,
            Instant now,
            List<Candidate> candidates) {
        try {
            long author = transaction.author(append.user(), append.session(), now);
            candidates.add(new Candidate(pending, append, author, ContentHash.of(append.content())));
            return null;
        } catch (NameHeldException e) {
            return new Written.Refused(Written.Reason.NAME_HELD);
        }
    }

    private static Written writeOther(RoomLog.Transaction transaction, Write write, Instant now) {
        try {
            if (write instanceof Write.Open open) {
                return new Written.Opened(transaction.open(open.name(), now));
            }
            if (write instanceof Write.Read read) {
                Map<RoomId, ReadMark> marks = new HashMap<>();
                read.seqs().forEach((room, seq) -> marks.put(room, transaction.read(read.author(), room, seq)));
                return new Written.Marked(marks);
            }
            if (write instanceof Write.Rename rename) {
                transaction.rename(rename.author(), rename.name(), now);
                return new Written.Done();
            }
            if (write instanceof Write.Touch touch) {
                transaction.touch(touch.author(), now);
                return new Written.Done();
            }
            throw new IllegalStateException("no rule for " + write.getClass());
        } catch (NameHeldException e) {
            return new Written.Refused(Written.Reason.NAME_HELD);
        }
    }

    private void append(RoomLog.Transaction transaction, List<Candidate> candidates, Instant now) {
        TreeSet<RoomId> rooms = new TreeSet<>();
        List<RoomLog.KeyRef> refs = new ArrayList<>();
        for (Candidate candidate : candidates) {
            rooms.add(candidate.append.room().id());
            candidate.key().ifPresent(refs::add);
        }
        Map<RoomId, RoomInfo> infos = transaction.lock(rooms);
        Map<RoomLog.KeyRef, RoomLog.KeyUse> used = new HashMap<>(transaction.keys(refs));
        List<RoomLog.NewEntry> fresh = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            answers.put(candidate.pending, settle(candidate, infos, used, fresh, now));
        }
        if (!fresh.isEmpty()) {
            transaction.append(fresh);
            transaction.moveHeads(growths.values().stream()
                    .filter(growth -> !growth.entries.isEmpty())
                    .map(Growth::move)
                    .toList());
        }
    }

    private Written settle(
            Candidate candidate,
            Map<RoomId, RoomInfo> infos,
            Map<RoomLog.KeyRef, RoomLog.KeyUse> used,
            List<RoomLog.NewEntry> fresh,
            Instant now) {
        Room room = candidate.append.room();
        RoomInfo info = infos.get(room.id());
        if (info == null) {
            return new Written.Refused(Written.Reason.NO_SUCH_ROOM);
        }
        RoomLog.KeyUse before = candidate.key().map(used::get).orElse(null);
        if (before != null) {
            return before.hash() == candidate.hash
                    ? new Written.Stored(before.seq(), before.at(), true)
                    : new Written.Refused(Written.Reason.KEY_CONFLICT);
        }
        Growth growth = growths.computeIfAbsent(room.id(), id -> new Growth(room, info));
        RoomLog.NewEntry entry = growth.add(candidate, now);
        fresh.add(entry);
        long seq = entry.entry().seq();
        Instant at = entry.entry().at();
        candidate.key().ifPresent(key -> used.put(key, new RoomLog.KeyUse(seq, at, candidate.hash)));
        return new Written.Stored(seq, at, false);
    }

    private record Candidate(PendingWrite pending, Write.Append append, long author, long hash) {
        Optional<RoomLog.KeyRef> key() {
            return append.key().map(key -> new RoomLog.KeyRef(append.room().id(), author, key));
        }
    }

    /** What one room gains by this group. */
    private static final class Growth {
        final Room room;
        final List<Entry> entries = new ArrayList<>();
        long head;
        private long messages;
        private Instant touched;

        Growth(Room room, RoomInfo info) {
            this.room = room;
            this.head = info.head();
            this.messages = info.messages();
            this.touched = info.touched();
        }

        RoomLog.NewEntry add(Candidate candidate, Instant now) {
            // A clock that was set back must not make time run backwards in a room (protocol §1).
            touched = now.isAfter(touched) ? now : touched;
            head++;
            messages++;
            Write.Append append = candidate.append;
            Entry entry = new Entry.Message(head, touched, append.user(), append.content(), append.key());
            entries.add(entry);
            return new RoomLog.NewEntry(room.id(), candidate.author, messages, candidate.hash, entry);
        }

        void publish() {
            if (!entries.isEmpty()) {
                room.publish(entries);
            }
        }

        RoomLog.HeadMove move() {
            return new RoomLog.HeadMove(room.id(), head, messages, touched);
        }
    }
}
