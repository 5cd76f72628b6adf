package io.parley.store;

import io.parley.room.RoomName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts and lists for the operator. Stateless. */
final class Census {
    private static final String ROOMS = "SELECT count(*), coalesce(sum(head), 0), coalesce(sum(messages), 0) FROM room";
    private static final String USERS = "SELECT count(*) FROM user_account";
    private static final String SESSIONS = "SELECT count(*) FROM session WHERE revoked IS NULL";
    private static final String LIST =
            "SELECT name, kind, first, head, messages, touched FROM room WHERE name > ? ORDER BY name LIMIT ?";

    private Census() {}

    static Totals totals(SqliteConnection connection) throws SQLException {
        long users = count(connection, USERS);
        long sessions = count(connection, SESSIONS);
        try (ResultSet rooms = connection.prepared(ROOMS).executeQuery()) {
            rooms.next();
            return new Totals(rooms.getLong(1), rooms.getLong(2), rooms.getLong(3), users, sessions);
        }
    }

    static List<RoomSummary> roomsAfter(SqliteConnection connection, String name, int limit) throws SQLException {
        PreparedStatement select = connection.prepared(LIST);
        select.setString(1, name);
        select.setInt(2, limit);
        List<RoomSummary> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long head = row.getLong(4);
                found.add(new RoomSummary(
                        new RoomName(row.getString(1)),
                        kind(row.getInt(2)),
                        head,
                        head - row.getLong(3) + 1,
                        row.getLong(5),
                        Instant.ofEpochMilli(row.getLong(6))));
            }
        }
        return found;
    }

    private static long count(SqliteConnection connection, String sql) throws SQLException {
        try (ResultSet rows = connection.prepared(sql).executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String kind(int stored) {
        return RoomRows.kind(stored).name().toLowerCase(Locale.ROOT);
    }
}
