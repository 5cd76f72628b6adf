package io.parley.store;

import io.parley.identity.Pass;
import io.parley.identity.SessionHash;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What programs come by as rows, to and fro. Stateless. */
final class PassRows {
    private static final String LIVE = "SELECT p.hash, p.public_id, p.open, p.room, u.public_id, u.name, u.kind"
            + " FROM pass p JOIN session s ON s.hash = p.hash JOIN user_account u ON u.id = s.user WHERE s.revoked IS NULL";

    static final String BY_HASH = LIVE + " AND p.hash = ?";
    static final String BY_PUBLIC_ID = LIVE + " AND p.public_id = ?";
    static final String ALL = LIVE + " ORDER BY u.name, p.public_id";

    private static final String INSERT = "INSERT INTO pass (hash, public_id, open, room) VALUES (?, ?, ?, ?)";

    private PassRows() {}

    static void insert(SqliteConnection connection, Pass pass) throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT);
        insert.setBytes(1, pass.hash().bytes());
        insert.setString(2, pass.publicId());
        insert.setBoolean(3, pass.open());
        insert.setString(4, pass.room().orElse(null));
        insert.executeUpdate();
    }

    static List<Pass> read(PreparedStatement select) throws SQLException {
        List<Pass> passes = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                passes.add(new Pass(
                        new SessionHash(rows.getBytes(1)),
                        rows.getString(2),
                        UserRows.user(rows.getString(5), rows.getString(6), rows.getInt(7)),
                        rows.getBoolean(3),
                        Optional.ofNullable(rows.getString(4))));
            }
        }
        return passes;
    }
}
