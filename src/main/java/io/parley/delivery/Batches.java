package io.parley.delivery;

import io.parley.room.Room;
import io.parley.room.TailEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the batches of one room for one worker's readers, and keeps the last few: most readers stand at the same cursor. Confined to the
 * worker.
 */
final class Batches {
    private static final int KEPT = 4;
    // More than a batch of short texts holds; keeps a reader far behind from listing a whole tail for each batch.
    private static final int MOST_ENTRIES = 1_024;

    private final Room room;
    private final int mostBytes;
    private final @Nullable Kept[] kept = new @Nullable Kept[KEPT];
    private int next;
    private long erasures;

    /** @param mostBytes where a batch ends; a single entry may be longer */
    Batches(Room room, int mostBytes) {
        this.room = room;
        this.mostBytes = mostBytes;
    }

    /** What follows a cursor that is behind the head; empty when the tail does not reach back so far. */
    Optional<Batch> after(long cursor, long head, Subprotocol subprotocol) {
        if (erasures != room.erasures()) {
            erasures = room.erasures();
            clear();
        }
        for (Kept candidate : kept) {
            if (candidate != null && candidate.batch.from() == cursor && candidate.subprotocol == subprotocol) {
                return Optional.of(candidate.batch);
            }
        }
        int most = subprotocol.joinsLines() ? MOST_ENTRIES : 1;
        return room.tailBetween(cursor, Math.min(head, cursor + most)).map(entries -> {
            Batch batch = join(room, cursor, entries, subprotocol, mostBytes);
            kept[next] = new Kept(subprotocol, batch);
            next = (next + 1) % KEPT;
            return batch;
        });
    }

    /** Forgets what was kept, so that a quiet room holds no batches. */
    void clear() {
        Arrays.fill(kept, null);
    }

    /** Joins as many of the entries as one frame may hold: at least one. */
    private static Batch join(Room room, long cursor, List<TailEntry> entries, Subprotocol subprotocol, int mostBytes) {
        List<byte[]> lines = new ArrayList<>(Math.min(entries.size(), 512));
        int bytes = 0;
        long to = cursor;
        for (TailEntry entry : entries) {
            byte[] line = entry.bytes(subprotocol);
            if (!lines.isEmpty() && (!subprotocol.joinsLines() || bytes + line.length > mostBytes)) {
                break;
            }
            lines.add(line);
            bytes += line.length + 1;
            to = entry.entry().seq();
        }
        return Batch.join(room, cursor, to, lines);
    }

    private record Kept(Subprotocol subprotocol, Batch batch) {}
}
