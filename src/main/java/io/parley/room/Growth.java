package io.parley.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one room gains by a group. Confined to the committer's thread. */
final class Growth {
    final Room room;
    private final List<Entry> entries = new ArrayList<>();
    private long head;
    private long messages;
    private Instant touched;

    Growth(Room room, RoomInfo info) {
        this.room = room;
        this.head = info.head();
        this.messages = info.messages();
        this.touched = info.touched();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    long head() {
        return head;
    }

    RoomLog.NewEntry add(Candidate candidate, Instant now) {
        // A clock that was set back must not make time run backwards in a room (protocol §1).
        touched = now.isAfter(touched) ? now : touched;
        head++;
        Entry entry = candidate.entry(head, touched);
        if (entry instanceof Entry.Message) {
            messages++;
        }
        entries.add(entry);
        return new RoomLog.NewEntry(room.id(), candidate.author(), messages, candidate.hash(), entry);
    }

    RoomLog.HeadMove move() {
        return new RoomLog.HeadMove(room.id(), head, messages, touched);
    }

    void publish() {
        room.publish(entries);
    }
}
