package io.parley.store;

import io.parley.room.Emoji;
import io.parley.room.Entry;
import io.parley.room.RoomId;
import io.parley.room.RoomLog.NewEntry;
import io.parley.room.RoomLog.Reacted;
import io.parley.room.RoomLog.Target;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** What became of messages: writes what an entry says of another, and tells a transaction how one stands. Stateless. */
final class StandingRows {
    private static final String TARGET =
            "SELECT e.author, coalesce(d.text, e.text), s.edit, s.deleted, e.thread, s.emojis"
                    + " FROM entry e LEFT JOIN standing s ON s.room = e.room AND s.seq = e.seq"
                    + " LEFT JOIN entry d ON d.room = s.room AND d.seq = s.edit"
                    + " WHERE e.room = ? AND e.seq = ? AND e.kind = " + EntryRows.MESSAGE;
    private static final String REACTED =
            "SELECT seq, stands FROM reaction WHERE room = ? AND of = ? AND author = ? AND emoji = ?";
    private static final String BEARS = "SELECT count FROM reaction_count WHERE room = ? AND of = ? AND emoji = ?";

    private static final String EDITED = "INSERT INTO standing (room, seq, edit) VALUES (?, ?, ?)"
            + " ON CONFLICT DO UPDATE SET edit = excluded.edit";
    private static final String DELETED = "INSERT INTO standing (room, seq, deleted) VALUES (?, ?, ?)"
            + " ON CONFLICT DO UPDATE SET deleted = excluded.deleted";
    private static final String REPLIED = "INSERT INTO standing (room, seq, replies) VALUES (?, ?, 1)"
            + " ON CONFLICT DO UPDATE SET replies = replies + 1";
    private static final String ANOTHER_EMOJI = "INSERT INTO standing (room, seq, emojis) VALUES (?, ?, 1)"
            + " ON CONFLICT DO UPDATE SET emojis = emojis + 1";
    private static final String ONE_EMOJI_LESS = "UPDATE standing SET emojis = emojis - 1 WHERE room = ? AND seq = ?";

    private static final String ERASE_MESSAGE =
            "UPDATE entry SET text = '', " + EntryExtra.ERASE + " WHERE room = ? AND seq = ?";
    static final String ERASE_EDITS = "UPDATE entry SET text = '', " + EntryExtra.ERASE
            + " WHERE room = ? AND of = ? AND kind = " + EntryRows.EDIT;

    private static final String REACT = "INSERT INTO reaction (room, of, author, emoji, seq, stands)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq, stands = excluded.stands";
    private static final String COUNT_UP = "INSERT INTO reaction_count (room, of, emoji, count) VALUES (?, ?, ?, 1)"
            + " ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count";
    private static final String COUNT_DOWN =
            "UPDATE reaction_count SET count = count - 1 WHERE room = ? AND of = ? AND emoji = ? RETURNING count";
    private static final String NO_MORE = "DELETE FROM reaction_count WHERE room = ? AND of = ? AND emoji = ?";

    private static final String TOPIC = "UPDATE room SET topic = ? WHERE id = ?";

    private StandingRows() {}

    /** Does what an entry says of the room or of another entry; a plain message says nothing. */
    static void take(SqliteConnection connection, NewEntry added) throws SQLException {
        long room = added.room().value();
        if (added.entry() instanceof Entry.Message message) {
            if (message.content().thread().isPresent()) {
                update(connection, REPLIED, room, message.content().thread().getAsLong());
            }
        } else if (added.entry() instanceof Entry.Edit edit) {
            update(connection, EDITED, room, edit.of(), edit.seq());
        } else if (added.entry() instanceof Entry.Delete delete) {
            update(connection, DELETED, room, delete.of(), delete.seq());
            update(connection, MemberRows.ERASE_MENTIONS, room, delete.of(), room, delete.of());
            update(connection, ERASE_MESSAGE, room, delete.of());
            update(connection, ERASE_EDITS, room, delete.of());
        } else if (added.entry() instanceof Entry.Reaction reaction) {
            react(connection, room, added.author(), reaction);
        } else if (added.entry() instanceof Entry.Topic topic) {
            PreparedStatement update = connection.prepared(TOPIC);
            update.setString(1, topic.topic());
            update.setLong(2, room);
            update.executeUpdate();
        } else {
            throw new IllegalStateException("no rule for " + added.entry().getClass());
        }
    }

    static Optional<Target> target(SqliteConnection connection, RoomId room, long seq) throws SQLException {
        PreparedStatement select = connection.prepared(TARGET);
        select.setLong(1, room.value());
        select.setLong(2, seq);
        try (ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            rows.getLong(5);
            boolean isRoot = rows.wasNull();
            return Optional.of(new Target(
                    rows.getLong(1), rows.getString(2), optional(rows, 3), optional(rows, 4), isRoot, rows.getInt(6)));
        }
    }

    static Optional<Reacted> reacted(SqliteConnection connection, RoomId room, long of, long author, Emoji emoji)
            throws SQLException {
        PreparedStatement select = connection.prepared(REACTED);
        select.setLong(1, room.value());
        select.setLong(2, of);
        select.setLong(3, author);
        select.setString(4, emoji.value());
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(new Reacted(rows.getLong(1), rows.getBoolean(2))) : Optional.empty();
        }
    }

    static boolean bears(SqliteConnection connection, RoomId room, long of, Emoji emoji) throws SQLException {
        try (ResultSet rows = about(connection, BEARS, room.value(), of, emoji).executeQuery()) {
            return rows.next();
        }
    }

    private static void react(SqliteConnection connection, long room, long author, Entry.Reaction reaction)
            throws SQLException {
        PreparedStatement react = connection.prepared(REACT);
        react.setLong(1, room);
        react.setLong(2, reaction.of());
        react.setLong(3, author);
        react.setString(4, reaction.emoji().value());
        react.setLong(5, reaction.seq());
        react.setBoolean(6, reaction.on());
        react.executeUpdate();
        long count = count(connection, room, reaction);
        if (reaction.on() && count == 1) {
            update(connection, ANOTHER_EMOJI, room, reaction.of());
        } else if (!reaction.on() && count == 0) {
            about(connection, NO_MORE, room, reaction.of(), reaction.emoji()).executeUpdate();
            update(connection, ONE_EMOJI_LESS, room, reaction.of());
        }
    }

    /** How many stand by it now. */
    private static long count(SqliteConnection connection, long room, Entry.Reaction reaction) throws SQLException {
        String sql = reaction.on() ? COUNT_UP : COUNT_DOWN;
        try (ResultSet rows =
                about(connection, sql, room, reaction.of(), reaction.emoji()).executeQuery()) {
            if (!rows.next()) {
                throw new IllegalStateException("a reaction was taken back that nobody counted");
            }
            return rows.getLong(1);
        }
    }

    private static PreparedStatement about(SqliteConnection connection, String sql, long room, long of, Emoji emoji)
            throws SQLException {
        PreparedStatement statement = connection.prepared(sql);
        statement.setLong(1, room);
        statement.setLong(2, of);
        statement.setString(3, emoji.value());
        return statement;
    }

    private static void update(SqliteConnection connection, String sql, long... parameters) throws SQLException {
        PreparedStatement update = connection.prepared(sql);
        for (int i = 0; i < parameters.length; i++) {
            update.setLong(i + 1, parameters[i]);
        }
        update.executeUpdate();
    }

    private static OptionalLong optional(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
