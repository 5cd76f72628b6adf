package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log of one room as far as it was read, checked entry by entry. Confined to one thread. */
final class LogCopy {
    private static final int PAGE = 1_000;

    private final String room;
    private final List<Logged> entries = new ArrayList<>();
    private final Map<String, Logged> byKey = new HashMap<>();

    LogCopy(String room) {
        this.room = room;
    }

    String room() {
        return room;
    }

    List<Logged> entries() {
        return List.copyOf(entries);
    }

    long head() {
        return entries.size();
    }

    @Nullable
    Logged at(long seq) {
        return seq >= 1 && seq <= head() ? entries.get((int) seq - 1) : null;
    }

    boolean holds(String key) {
        return byKey.containsKey(key);
    }

    /** Takes the next entry: seqs without a gap, no key twice, time never backwards (docs/protocol.md §1). */
    void add(Logged entry) {
        assertEquals(room, entry.room());
        assertEquals(head() + 1, entry.seq(), () -> "the next seq in " + room + ", " + entry);
        Logged before = at(head());
        assertFalse(before != null && entry.at().isBefore(before.at()), () -> entry + " is older than " + before);
        entries.add(entry);
        assertNull(byKey.put(entry.key(), entry), () -> "a key twice, the second time in " + entry);
    }

    /** Reads over the wire what this copy lacks. */
    void readOn(Client client) {
        boolean more = true;
        while (more) {
            JsonObject page = client.ok("history", Map.of("room", room, "after", head(), "limit", PAGE));
            for (JsonObject entry : page.getJsonArray("entries").getValuesAs(JsonObject.class)) {
                add(Logged.of(entry));
            }
            more = page.getBoolean("more");
            if (!more) {
                assertEquals(page.getJsonNumber("head").longValueExact(), head(), "the head of " + room);
            }
        }
    }
}
