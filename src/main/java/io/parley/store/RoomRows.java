package io.parley.store;

import io.parley.identity.UserId;
import io.parley.room.Epoch;
import io.parley.room.RoomId;
import io.parley.room.RoomInfo;
import io.parley.room.RoomKind;
import io.parley.room.RoomName;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Rooms as rows, to and fro. Thread-safe. */
final class RoomRows {
    private static final String SELECT =
            "SELECT id, name, kind, topic, epoch, first, head, messages, touched FROM room WHERE ";
    private static final String BY_ID = SELECT + "id = ?";
    private static final String BY_NAME = SELECT + "name = ?";
    // kind = 1 in so many words, so that the partial index serves.
    private static final String PUBLIC_AFTER = SELECT + "kind = 1 AND name > ? ORDER BY name LIMIT ?";
    private static final String INSERT =
            "INSERT INTO room (name, kind, topic, epoch, first, head, messages, touched, maker)"
                    + " VALUES (?, ?, '', ?, 1, 0, 0, ?, ?)";
    private static final String MAKER = "SELECT maker FROM room WHERE id = ?";

    private static final int PUBLIC = 1;
    private static final int PRIVATE = 2;
    private static final int DIRECT = 3;
    private static final int EPOCH_BYTES = 6;

    private final String incarnation;
    private final SecureRandom random;

    /** @param incarnation the half of every epoch that tells this database from one restored of it */
    RoomRows(String incarnation, SecureRandom random) {
        this.incarnation = incarnation;
        this.random = random;
    }

    Optional<RoomInfo> byId(SqliteConnection connection, RoomId id) throws SQLException {
        PreparedStatement select = connection.prepared(BY_ID);
        select.setLong(1, id.value());
        return one(select);
    }

    Optional<RoomInfo> byName(SqliteConnection connection, RoomName name) throws SQLException {
        PreparedStatement select = connection.prepared(BY_NAME);
        select.setString(1, name.value());
        return one(select);
    }

    List<RoomInfo> publicAfter(SqliteConnection connection, String after, int limit) throws SQLException {
        PreparedStatement select = connection.prepared(PUBLIC_AFTER);
        select.setString(1, after);
        select.setInt(2, Math.max(0, limit));
        List<RoomInfo> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(read(rows));
            }
        }
        return found;
    }

    /** Makes a public room, which the caller then reads. */
    void insertPublic(SqliteConnection connection, RoomName name, UserId maker, Instant at) throws SQLException {
        byte[] epoch = new byte[EPOCH_BYTES];
        random.nextBytes(epoch);
        PreparedStatement insert = connection.prepared(INSERT);
        insert.setString(1, name.value());
        insert.setInt(2, PUBLIC);
        insert.setString(3, Base64.getUrlEncoder().withoutPadding().encodeToString(epoch));
        insert.setLong(4, at.toEpochMilli());
        insert.setString(5, maker.value());
        insert.executeUpdate();
    }

    Optional<UserId> maker(SqliteConnection connection, RoomId id) throws SQLException {
        PreparedStatement select = connection.prepared(MAKER);
        select.setLong(1, id.value());
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)).map(UserId::new) : Optional.empty();
        }
    }

    private Optional<RoomInfo> one(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(read(rows)) : Optional.empty();
        }
    }

    private RoomInfo read(ResultSet row) throws SQLException {
        return new RoomInfo(
                new RoomId(row.getLong(1)),
                new RoomName(row.getString(2)),
                kind(row.getInt(3)),
                row.getString(4),
                new Epoch(incarnation + row.getString(5)),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                Instant.ofEpochMilli(row.getLong(9)));
    }

    static RoomKind kind(int stored) {
        return switch (stored) {
            case PUBLIC -> RoomKind.PUBLIC;
            case PRIVATE -> RoomKind.PRIVATE;
            case DIRECT -> RoomKind.DIRECT;
            default -> throw new IllegalStateException("a kind of room that is not known: " + stored);
        };
    }
}
