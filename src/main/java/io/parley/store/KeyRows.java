package io.parley.store;

import io.parley.room.RoomLog.KeyRef;
import io.parley.room.RoomLog.KeyUse;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds which keys were used, many with one statement. Stateless.
 *
 * <p>To call a statement costs as much as to find a key: fifty at once are found in half the time of fifty alone.
 */
final class KeyRows {
    /** From the largest to one, so that every number of keys is made up of them. */
    private static final List<Select> SELECTS = List.of(new Select(50), new Select(8), new Select(1));

    private KeyRows() {}

    /** Every statement that it may use. */
    static Stream<String> statements() {
        return SELECTS.stream().map(select -> select.sql);
    }

    static Map<KeyRef, KeyUse> uses(SqliteConnection connection, Collection<KeyRef> keys) throws SQLException {
        List<KeyRef> refs = List.copyOf(keys);
        Map<KeyRef, KeyUse> uses = new HashMap<>();
        int from = 0;
        for (Select select : SELECTS) {
            while (refs.size() - from >= select.keys) {
                select.find(connection, refs.subList(from, from + select.keys), uses);
                from += select.keys;
            }
        }
        return uses;
    }

    /** A statement that takes so many keys. Immutable. */
    private static final class Select {
        final int keys;
        final String sql;

        Select(int keys) {
            this.keys = keys;
            // CROSS JOIN: the keys that are asked for come first, each found by the index, whatever the planner thinks
            // of it.
            this.sql = "WITH asked (place, room, author, key) AS (VALUES " + "(?, ?, ?, ?), ".repeat(keys - 1)
                    + "(?, ?, ?, ?)) SELECT asked.place, e.seq, e.at, e.hash FROM asked CROSS JOIN entry e"
                    + " ON e.room = asked.room AND e.author = asked.author AND e.key = asked.key";
        }

        void find(SqliteConnection connection, List<KeyRef> refs, Map<KeyRef, KeyUse> uses) throws SQLException {
            PreparedStatement select = connection.prepared(sql);
            int parameter = 0;
            for (int place = 0; place < keys; place++) {
                KeyRef ref = refs.get(place);
                select.setInt(++parameter, place);
                select.setLong(++parameter, ref.room().value());
                select.setLong(++parameter, ref.author());
                select.setBytes(++parameter, StoredKey.of(ref.key()));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    uses.put(
                            refs.get(rows.getInt(1)),
                            new KeyUse(rows.getLong(2), Instant.ofEpochMilli(rows.getLong(3)), rows.getLong(4)));
                }
            }
        }
    }
}
