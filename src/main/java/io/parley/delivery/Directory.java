package io.parley.delivery;

import io.parley.room.RoomName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Public rooms that were opened and not yet told of. Thread-safe.
 *
 * <p>Overflow rule: what finds no place is told to nobody; who asks for {@code rooms} finds it.
 */
final class Directory {
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 200;

    private final Set<RoomName> opened = new LinkedHashSet<>();

    synchronized void opened(RoomName room) {
        if (opened.size() < MOST_WAITING) {
            opened.add(room);
        }
    }

    /** Takes what is told at once. */
    synchronized List<RoomName> take() {
        List<RoomName> taken = new ArrayList<>();
        Iterator<RoomName> each = opened.iterator();
        while (each.hasNext() && taken.size() < MOST_AT_ONCE) {
            taken.add(each.next());
            each.remove();
        }
        return taken;
    }
}
