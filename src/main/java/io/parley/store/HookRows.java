package io.parley.store;

import io.parley.room.Epoch;
import io.parley.room.HookId;
import io.parley.room.HookSecret;
import io.parley.room.OutgoingHook;
import io.parley.room.Position;
import io.parley.room.RoomName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Outgoing webhooks as rows, to and fro. Stateless. */
final class HookRows {
    private static final String ALL =
            "SELECT public_id, room, url, secret, epoch, seq FROM outgoing_hook ORDER BY public_id";
    private static final String INSERT =
            "INSERT INTO outgoing_hook (public_id, room, url, secret, epoch, seq) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String MOVE = "UPDATE outgoing_hook SET epoch = ?, seq = ? WHERE public_id = ?";
    private static final String DELETE = "DELETE FROM outgoing_hook WHERE public_id = ?";

    private HookRows() {}

    static List<OutgoingHook> all(SqliteConnection connection) throws SQLException {
        List<OutgoingHook> hooks = new ArrayList<>();
        try (ResultSet rows = connection.prepared(ALL).executeQuery()) {
            while (rows.next()) {
                hooks.add(new OutgoingHook(
                        new HookId(rows.getString(1)),
                        new RoomName(rows.getString(2)),
                        rows.getString(3),
                        new HookSecret(rows.getBytes(4)),
                        new Position(new Epoch(rows.getString(5)), rows.getLong(6))));
            }
        }
        return hooks;
    }

    static int insert(SqliteConnection connection, OutgoingHook hook) throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT);
        insert.setString(1, hook.id().value());
        insert.setString(2, hook.room().value());
        insert.setString(3, hook.url());
        insert.setBytes(4, hook.secret().bytes());
        insert.setString(5, hook.position().epoch().value());
        insert.setLong(6, hook.position().seq());
        return insert.executeUpdate();
    }

    static int move(SqliteConnection connection, Map<HookId, Position> positions) throws SQLException {
        PreparedStatement update = connection.prepared(MOVE);
        int moved = 0;
        for (Map.Entry<HookId, Position> to : positions.entrySet()) {
            update.setString(1, to.getValue().epoch().value());
            update.setLong(2, to.getValue().seq());
            update.setString(3, to.getKey().value());
            moved += update.executeUpdate();
        }
        return moved;
    }

    static int delete(SqliteConnection connection, HookId hook) throws SQLException {
        PreparedStatement delete = connection.prepared(DELETE);
        delete.setString(1, hook.value());
        return delete.executeUpdate();
    }
}
