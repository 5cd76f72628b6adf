package io.parley.store;

import io.parley.identity.UserId;
import io.parley.room.Emoji;
import io.parley.room.Entry;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog.Messages;
import io.parley.room.RoomLog.ThreadPage;
import io.parley.room.StandingMessage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pages of messages as they stand. Stateless; each is read in the transaction of its caller. */
final class MessagePages {
    private static final String SELECT = "SELECT " + EntryRows.COLUMNS
            + ", d.at, d.text, d.extra, s.deleted, s.replies, s.emojis" + EntryRows.FROM
            + " LEFT JOIN standing s ON s.room = e.room AND s.seq = e.seq"
            + " LEFT JOIN entry d ON d.room = s.room AND d.seq = s.edit"
            + " WHERE e.room = ? AND e.kind = " + EntryRows.MESSAGE;
    /** Parameters: room, before, limit. */
    static final String BEFORE = SELECT + " AND e.seq < ? ORDER BY e.seq DESC LIMIT ?";
    /** Parameters: room, before, limit, root. */
    static final String OF_THREAD = SELECT + " AND e.seq < ?2 AND e.thread = ?4 ORDER BY e.seq DESC LIMIT ?3";

    /** Parameters: room, seq. */
    private static final String ROOT = SELECT + " AND e.seq = ? AND e.thread IS NULL";

    private static final String REACTIONS = "SELECT emoji, count FROM reaction_count WHERE room = ? AND of = ?";
    private static final String MINE = "SELECT emoji FROM reaction WHERE room = ? AND of = ?"
            + " AND author = (SELECT id FROM user_account WHERE public_id = ?) AND stands = 1";

    private static final int EDITED_AT = 12;
    private static final int EDITED_TEXT = 13;
    private static final int EDITED_EXTRA = 14;
    private static final int DELETED = 15;
    private static final int REPLIES = 16;
    private static final int EMOJIS = 17;

    private MessagePages() {}

    static Messages before(
            SqliteConnection connection, RoomInfo room, UserId reader, long before, int limit, int weight)
            throws SQLException {
        return page(connection, connection.prepared(BEFORE), room, reader, before, limit, weight);
    }

    static Optional<ThreadPage> thread(
            SqliteConnection connection, RoomInfo room, UserId reader, long root, long before, int limit, int weight)
            throws SQLException {
        Optional<StandingMessage> top = root(connection, room, reader, root);
        if (top.isEmpty()) {
            return Optional.empty();
        }
        PreparedStatement select = connection.prepared(OF_THREAD);
        select.setLong(4, root);
        int left = Math.max(0, weight - top.get().weight());
        return Optional.of(new ThreadPage(top.get(), page(connection, select, room, reader, before, limit, left)));
    }

    private static Optional<StandingMessage> root(SqliteConnection connection, RoomInfo room, UserId reader, long root)
            throws SQLException {
        PreparedStatement select = connection.prepared(ROOT);
        select.setLong(1, room.id().value());
        select.setLong(2, root);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(read(connection, rows, room, reader)) : Optional.empty();
        }
    }

    /** Steps through rows until something is enough; the row that tells that there are more is not looked into. */
    private static Messages page(
            SqliteConnection connection,
            PreparedStatement select,
            RoomInfo room,
            UserId reader,
            long before,
            int limit,
            int weight)
            throws SQLException {
        select.setLong(1, room.id().value());
        select.setLong(2, before);
        select.setLong(3, limit + 1L);
        List<StandingMessage> found = new ArrayList<>();
        boolean more = false;
        long left = weight;
        try (ResultSet rows = select.executeQuery()) {
            while (!more && rows.next()) {
                more = found.size() >= limit;
                if (!more) {
                    StandingMessage message = read(connection, rows, room, reader);
                    left -= message.weight();
                    more = left < 0 && !found.isEmpty();
                    if (!more) {
                        found.add(message);
                    }
                }
            }
        }
        Collections.reverse(found);
        return new Messages(room, found, more);
    }

    private static StandingMessage read(SqliteConnection connection, ResultSet row, RoomInfo room, UserId reader)
            throws SQLException {
        Entry.Message message = (Entry.Message) EntryRows.read(row);
        long replies = row.getLong(REPLIES);
        if (row.getLong(DELETED) > 0) {
            return new StandingMessage(message, Optional.empty(), Collections.emptySortedMap(), replies, List.of());
        }
        @Nullable String text = row.getString(EDITED_TEXT);
        Optional<Instant> edited =
                text == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.getLong(EDITED_AT)));
        Entry.Message now = text == null
                ? message
                : message.edited(
                        text, EntryExtra.parse(row.getString(EDITED_EXTRA)).mentions());
        if (row.getInt(EMOJIS) == 0) {
            return new StandingMessage(now, edited, Collections.emptySortedMap(), replies, List.of());
        }
        return new StandingMessage(
                now,
                edited,
                reactions(connection, room, message.seq()),
                replies,
                mine(connection, room, message.seq(), reader));
    }

    private static SortedMap<Emoji, Integer> reactions(SqliteConnection connection, RoomInfo room, long of)
            throws SQLException {
        PreparedStatement select = connection.prepared(REACTIONS);
        select.setLong(1, room.id().value());
        select.setLong(2, of);
        SortedMap<Emoji, Integer> counts = new TreeMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                counts.put(new Emoji(rows.getString(1)), rows.getInt(2));
            }
        }
        return counts;
    }

    private static List<Emoji> mine(SqliteConnection connection, RoomInfo room, long of, UserId reader)
            throws SQLException {
        PreparedStatement select = connection.prepared(MINE);
        select.setLong(1, room.id().value());
        select.setLong(2, of);
        select.setString(3, reader.value());
        List<Emoji> mine = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                mine.add(new Emoji(rows.getString(1)));
            }
        }
        // The table's order is that of code points, ours that of UTF-16 code units.
        Collections.sort(mine);
        return mine;
    }
}
