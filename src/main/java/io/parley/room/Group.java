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
            prepare(transaction, pending, now, candidates);
        }
        if (!candidates.isEmpty()) {
            append(transaction, candidates, now);
        }
    }

    /** Whether the log holds what this group wrote; for when the answer to a commit was lost. Valid while this node alone writes. */
    boolean isIn(RoomLog log) {
        for (Growth growth : growths.values()) {
            long stored = log.find(growth.room.name()).map(RoomInfo::head).orElse(-1L);
            if (!growth.isEmpty() && stored != growth.head()) {
                return false;
            }
        }
        return growths.values().stream().anyMatch(growth -> !growth.isEmpty());
    }

    /** Shows the committed entries to their rooms, then answers; a listener's bug is thrown when all of that is done. */
    void publish() {
        @Nullable RuntimeException bug = null;
        try {
            for (Growth growth : growths.values()) {
                try {
                    if (!growth.isEmpty()) {
                        growth.publish();
                    }
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

    private void prepare(
            RoomLog.Transaction transaction, PendingWrite pending, Instant now, List<Candidate> candidates) {
        try {
            Optional<Candidate> candidate = Candidate.of(pending, transaction, now);
            if (candidate.isPresent()) {
                candidates.add(candidate.get());
            } else {
                answers.put(pending, writeOther(transaction, pending.write(), now));
            }
        } catch (NameHeldException e) {
            answers.put(pending, new Written.Refused(Written.Reason.NAME_HELD));
        }
    }

    /** @throws NameHeldException when it is about a name that somebody else holds */
    private static Written writeOther(RoomLog.Transaction transaction, Write write, Instant now) {
        if (write instanceof Write.Open open) {
            return new Written.Opened(transaction.open(open.name(), open.author(), now));
        }
        if (write instanceof Write.Rename rename) {
            transaction.rename(rename.author(), rename.name(), now);
            return new Written.Done();
        }
        if (write instanceof Write.Touch touch) {
            transaction.touch(touch.author(), now);
            return new Written.Done();
        }
        if (write instanceof Write.Revoke revoke) {
            transaction.revoke(revoke.user(), revoke.session(), now);
            return new Written.Done();
        }
        if (write instanceof Write.Issue issue) {
            transaction.issue(issue.pass(), now);
            return new Written.Done();
        }
        if (write instanceof Write.AddHook add) {
            transaction.addHook(add.hook());
            return new Written.Done();
        }
        if (write instanceof Write.MoveHooks move) {
            transaction.moveHooks(move.positions());
            return new Written.Done();
        }
        if (write instanceof Write.EndHook end) {
            transaction.endHook(end.hook());
            return new Written.Done();
        }
        if (write instanceof Write.Probe) {
            transaction.probe();
            return new Written.Done();
        }
        if (write instanceof Write.Read read) {
            Map<RoomId, ReadMark> marks = new HashMap<>();
            read.seqs().forEach((room, seq) -> marks.put(room, transaction.read(read.author(), room, seq)));
            return new Written.Marked(marks);
        }
        throw new IllegalStateException("no rule for " + write.getClass());
    }

    private void append(RoomLog.Transaction transaction, List<Candidate> candidates, Instant now) {
        TreeSet<RoomId> rooms = new TreeSet<>();
        List<RoomLog.KeyRef> refs = new ArrayList<>();
        for (Candidate candidate : candidates) {
            rooms.add(candidate.room().id());
            candidate.keyRef().ifPresent(refs::add);
        }
        Map<RoomId, RoomInfo> infos = transaction.lock(rooms);
        Map<RoomLog.KeyRef, RoomLog.KeyUse> used = new HashMap<>(transaction.keys(refs));
        Judgement judgement = new Judgement(transaction);
        for (Candidate candidate : candidates) {
            answers.put(candidate.pending(), settle(candidate, infos, used, judgement, now));
        }
        judgement.store();
        List<RoomLog.HeadMove> moves = growths.values().stream()
                .filter(growth -> !growth.isEmpty())
                .map(Growth::move)
                .toList();
        if (!moves.isEmpty()) {
            transaction.moveHeads(moves);
        }
    }

    private Written settle(
            Candidate candidate,
            Map<RoomId, RoomInfo> infos,
            Map<RoomLog.KeyRef, RoomLog.KeyUse> used,
            Judgement judgement,
            Instant now) {
        Room room = candidate.room();
        RoomInfo info = infos.get(room.id());
        if (info == null) {
            return new Written.Refused(Written.Reason.NO_SUCH_ROOM);
        }
        RoomLog.KeyUse before = candidate.keyRef().map(used::get).orElse(null);
        if (before != null) {
            return before.hash() == candidate.hash()
                    ? new Written.Stored(before.seq(), before.at(), true)
                    : new Written.Refused(Written.Reason.KEY_CONFLICT);
        }
        Written against = judgement.against(candidate);
        if (against != null) {
            return against;
        }
        RoomLog.NewEntry entry =
                growths.computeIfAbsent(room.id(), id -> new Growth(room, info)).add(candidate, now);
        judgement.hold(entry);
        long seq = entry.entry().seq();
        Instant at = entry.entry().at();
        candidate.keyRef().ifPresent(key -> used.put(key, new RoomLog.KeyUse(seq, at, candidate.hash())));
        return new Written.Stored(seq, at, false);
    }
}
