package io.parley.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds hashes in the table of keys, many with one statement. Stateless.
 *
 * <p>To call a statement costs as much as to find a hash: fifty at once are found in half the time of fifty alone.
 */
final class KeyRows {
    /** From the largest to one, so that every number of hashes is made up of them. */
    private static final List<Select> SELECTS = List.of(new Select(50), new Select(8), new Select(1));

    /** Is told an entry that has the hash at a place. */
    interface Found {
        void entry(int place, long entry);
    }

    private KeyRows() {}

    /** Every statement that it may use. */
    static Stream<String> statements() {
        return SELECTS.stream().map(select -> select.sql);
    }

    static void find(SqliteConnection connection, long[] hashes, Found found) throws SQLException {
        int from = 0;
        for (Select select : SELECTS) {
            while (hashes.length - from >= select.hashes) {
                select.find(connection, hashes, from, found);
                from += select.hashes;
            }
        }
    }

    /** A statement that takes so many hashes. Immutable. */
    private static final class Select {
        final int hashes;
        final String sql;

        Select(int hashes) {
            this.hashes = hashes;
            String[] asked = new String[hashes];
            Arrays.setAll(asked, place -> "(" + place + ", ?)");
            // CROSS JOIN: what is asked for comes first, each found by the table's key, whatever the planner thinks of
            // it.
            this.sql = "WITH asked (place, hash) AS (VALUES " + String.join(", ", asked)
                    + ") SELECT asked.place, k.entry FROM asked CROSS JOIN entry_key k ON k.hash = asked.hash";
        }

        void find(SqliteConnection connection, long[] all, int from, Found found) throws SQLException {
            PreparedStatement select = connection.prepared(sql);
            for (int place = 0; place < hashes; place++) {
                select.setLong(1 + place, all[from + place]);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.entry(from + rows.getInt(1), rows.getLong(2));
                }
            }
        }
    }
}
