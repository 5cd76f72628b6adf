package io.parley.store;

import io.parley.identity.UserId;
import io.parley.room.Entry;
import io.parley.room.ReadMark;
import io.parley.room.RoomId;
import io.parley.room.RoomLog.NewEntry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What rooms and users have to do with each other, as rows: read marks and mentions. Stateless. */
final class MemberRows {
    /** Parameters: public id of the user, limit. */
    static final String MARKS = "SELECT m.room, m.read_seq, m.read_ordinal FROM user_account u CROSS JOIN member m"
            + " ON m.user = u.id WHERE u.public_id = ? LIMIT ?";
    /** Parameters: public id of the user, room, after. */
    static final String MENTIONS = "SELECT count(*) FROM mention WHERE user = ? AND room = ? AND seq > ?";
    /** Parameters: room, up to. */
    static final String ORDINAL = "SELECT ordinal FROM entry WHERE room = ? AND seq <= ? ORDER BY seq DESC LIMIT 1";

    private static final String MARK = "SELECT read_seq, read_ordinal FROM member WHERE user = ? AND room = ?";
    private static final String SET_MARK = "INSERT INTO member (user, room, read_seq, read_ordinal) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (user, room) DO UPDATE SET read_seq = excluded.read_seq,"
            + " read_ordinal = excluded.read_ordinal";
    private static final String MENTION = "INSERT OR IGNORE INTO mention (user, room, seq) VALUES (?, ?, ?)";

    /** Parameters: room, message, room, message. */
    static final String ERASE_MENTIONS = "DELETE FROM mention WHERE room = ? AND (seq = ? OR seq IN"
            + " (SELECT seq FROM entry WHERE room = ? AND of = ? AND kind = " + EntryRows.EDIT + "))";

    private MemberRows() {}

    static Map<RoomId, ReadMark> marks(SqliteConnection connection, UserId user) throws SQLException {
        PreparedStatement select = connection.prepared(MARKS);
        select.setString(1, user.value());
        select.setInt(2, ReadMark.MOST_ROOMS);
        Map<RoomId, ReadMark> marks = new HashMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                marks.put(new RoomId(rows.getLong(1)), new ReadMark(rows.getLong(2), rows.getLong(3), true));
            }
        }
        return marks;
    }

    static Map<RoomId, Long> mentions(SqliteConnection connection, UserId user, Map<RoomId, Long> after)
            throws SQLException {
        Map<RoomId, Long> counts = new HashMap<>();
        PreparedStatement select = connection.prepared(MENTIONS);
        for (Map.Entry<RoomId, Long> position : after.entrySet()) {
            select.setString(1, user.value());
            select.setLong(2, position.getKey().value());
            select.setLong(3, position.getValue());
            counts.put(position.getKey(), number(select).orElse(0));
        }
        return counts;
    }

    /**
     * Moves a mark forward.
     *
     * @param user their number; empty for one who is not stored, whose mark is only counted
     */
    static ReadMark read(SqliteConnection connection, OptionalLong user, RoomId room, long seq) throws SQLException {
        if (user.isPresent()) {
            PreparedStatement select = connection.prepared(MARK);
            select.setLong(1, user.getAsLong());
            select.setLong(2, room.value());
            try (ResultSet row = select.executeQuery()) {
                if (row.next() && row.getLong(1) >= seq) {
                    return new ReadMark(row.getLong(1), row.getLong(2), true);
                }
            }
        }
        PreparedStatement ordinal = connection.prepared(ORDINAL);
        ordinal.setLong(1, room.value());
        ordinal.setLong(2, seq);
        ReadMark mark = new ReadMark(seq, number(ordinal).orElse(0), user.isPresent());
        if (user.isPresent()) {
            PreparedStatement set = connection.prepared(SET_MARK);
            set.setLong(1, user.getAsLong());
            set.setLong(2, room.value());
            set.setLong(3, mark.seq());
            set.setLong(4, mark.messages());
            set.executeUpdate();
        }
        return mark;
    }

    /** Remembers whom a message mentions, so that it can be counted for them; gives the number of rows. An edit calls nobody again. */
    static int addMentions(SqliteConnection connection, NewEntry added) throws SQLException {
        if (!(added.entry() instanceof Entry.Message)) {
            return 0;
        }
        List<UserId> users = added.entry().mentions();
        if (!users.isEmpty()) {
            addMentions(connection, added.room(), added.entry().seq(), users);
        }
        return users.size();
    }

    static void addMentions(SqliteConnection connection, RoomId room, long seq, Collection<UserId> users)
            throws SQLException {
        PreparedStatement insert = connection.prepared(MENTION);
        for (UserId user : users) {
            insert.setString(1, user.value());
            insert.setLong(2, room.value());
            insert.setLong(3, seq);
            insert.executeUpdate();
        }
    }

    private static OptionalLong number(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }
}
