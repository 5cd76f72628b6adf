package io.parley.delivery;

import io.parley.room.RoomName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Signals for one connection alone that wait to be written; the newest of a key takes the place of those before. Confined to the worker.
 *
 * <p>Overflow rule: the oldest is dropped.
 */
final class Whispers {
    private static final int MOST = 64;

    /** What makes a signal the newer form of another. */
    record Key(Class<? extends Event> kind, String about) {}

    private final LinkedHashMap<Key, byte[]> lines = new LinkedHashMap<>(2);

    boolean isEmpty() {
        return lines.isEmpty();
    }

    void add(Key key, byte[] line) {
        lines.remove(key);
        lines.put(key, line);
        if (lines.size() > MOST) {
            Iterator<byte[]> oldest = lines.values().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Takes as many as may go in one frame: all of them, or the oldest. */
    byte[] take(boolean joined) {
        List<byte[]> taken = new ArrayList<>();
        Iterator<byte[]> each = lines.values().iterator();
        do {
            taken.add(each.next());
            each.remove();
        } while (joined && each.hasNext());
        return taken.size() == 1 ? taken.get(0) : Lines.join(taken);
    }

    /** Drops what was to be said of a room. */
    void forget(RoomName room) {
        lines.keySet()
                .removeIf(
                        key -> key.kind() != Event.Profile.class && key.about().equals(room.value()));
    }

    void clear() {
        lines.clear();
    }
}
