package io.parley.store;

import io.parley.identity.User;
import io.parley.room.Content;
import io.parley.room.Emoji;
import io.parley.room.Entry;
import io.parley.room.MessageKey;
import io.parley.room.RoomLog.KeyRef;
import io.parley.room.RoomLog.NewEntry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Entries as rows, to and fro. Stateless. */
final class EntryRows {
    /** Of an entry that is no more than what is common to all: most are, and to bind a parameter is a good part of what a row costs. */
    static final String INSERT_PLAIN =
            "INSERT INTO entry (id, room, seq, ordinal, kind, author, name, at, key, hash, text)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static final String INSERT =
            "INSERT INTO entry (id, room, seq, ordinal, kind, author, name, at, key, hash, text, extra, of, thread)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** What {@link #read} wants to find in a row, of {@link #FROM}. */
    static final String COLUMNS =
            "e.kind, e.seq, e.at, u.public_id, e.name, u.kind, e.text, e.key, e.extra, e.of, e.thread";
    // CROSS JOIN: the entries come first, in the order of their key, whatever the planner thinks of it.
    static final String FROM = " FROM entry e CROSS JOIN user_account u ON u.id = e.author";

    /** Parameters: room, after, limit. */
    static final String AFTER = "SELECT " + COLUMNS + FROM + " WHERE e.room = ? AND e.seq > ? ORDER BY e.seq LIMIT ?";

    static final int MESSAGE = 1;
    static final int EDIT = 2;
    private static final int DELETE = 3;
    private static final int REACTION = 4;
    private static final int REACTION_TAKEN_BACK = 5;
    private static final int TOPIC = 6;

    private EntryRows() {}

    static void insert(SqliteConnection connection, NewEntry added, KeyIndex keys) throws SQLException {
        Entry entry = added.entry();
        byte @Nullable [] key = entry.key().map(StoredKey::of).orElse(null);
        @Nullable String extra = EntryExtra.of(entry, key);
        OptionalLong of = of(entry);
        OptionalLong thread =
                entry instanceof Entry.Message message ? message.content().thread() : OptionalLong.empty();
        boolean plain = extra == null && of.isEmpty() && thread.isEmpty();
        PreparedStatement insert = connection.prepared(plain ? INSERT_PLAIN : INSERT);
        insert.setLong(1, keys.add(entry.key().map(used -> new KeyRef(added.room(), added.author(), used))));
        insert.setLong(2, added.room().value());
        insert.setLong(3, entry.seq());
        insert.setLong(4, added.ordinal());
        insert.setInt(5, kind(entry));
        insert.setLong(6, added.author());
        insert.setString(7, entry.from().name().value());
        insert.setLong(8, entry.at().toEpochMilli());
        insert.setBytes(9, key);
        insert.setLong(10, added.hash());
        insert.setString(11, text(entry));
        if (!plain) {
            insert.setString(12, extra);
            set(insert, 13, of);
            set(insert, 14, thread);
        }
        insert.executeUpdate();
    }

    static Entry read(ResultSet row) throws SQLException {
        long seq = row.getLong(2);
        Instant at = Instant.ofEpochMilli(row.getLong(3));
        User from = UserRows.user(row.getString(4), row.getString(5), row.getInt(6));
        return switch (row.getInt(1)) {
            case MESSAGE -> message(row, seq, at, from);
            case EDIT -> edit(row, seq, at, from);
            case DELETE -> new Entry.Delete(seq, at, from, row.getLong(10));
            case REACTION -> new Entry.Reaction(seq, at, from, row.getLong(10), new Emoji(row.getString(7)), true);
            case REACTION_TAKEN_BACK ->
                new Entry.Reaction(seq, at, from, row.getLong(10), new Emoji(row.getString(7)), false);
            case TOPIC -> new Entry.Topic(seq, at, from, row.getString(7));
            default -> throw new IllegalStateException("an entry of a kind that is not known: " + row.getInt(1));
        };
    }

    private static Entry.Message message(ResultSet row, long seq, Instant at, User from) throws SQLException {
        EntryExtra extra = EntryExtra.parse(row.getString(9));
        long root = row.getLong(11);
        OptionalLong thread = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(root);
        Content content =
                new Content(row.getString(7), extra.style(), extra.replyTo(), thread, extra.mentions(), extra.data());
        return new Entry.Message(seq, at, from, content, key(row, extra), extra.deleted());
    }

    private static Entry.Edit edit(ResultSet row, long seq, Instant at, User from) throws SQLException {
        EntryExtra extra = EntryExtra.parse(row.getString(9));
        Optional<String> text = extra.deleted() ? Optional.empty() : Optional.of(row.getString(7));
        return new Entry.Edit(seq, at, from, row.getLong(10), text, extra.mentions(), key(row, extra));
    }

    private static Optional<MessageKey> key(ResultSet row, EntryExtra extra) throws SQLException {
        byte @Nullable [] key = row.getBytes(8);
        return key == null ? Optional.empty() : Optional.of(StoredKey.read(key, extra.key()));
    }

    private static int kind(Entry entry) {
        if (entry instanceof Entry.Message) {
            return MESSAGE;
        }
        if (entry instanceof Entry.Edit) {
            return EDIT;
        }
        if (entry instanceof Entry.Delete) {
            return DELETE;
        }
        if (entry instanceof Entry.Reaction reaction) {
            return reaction.on() ? REACTION : REACTION_TAKEN_BACK;
        }
        if (entry instanceof Entry.Topic) {
            return TOPIC;
        }
        throw new IllegalStateException("no row for " + entry.getClass());
    }

    private static String text(Entry entry) {
        if (entry instanceof Entry.Message message) {
            return message.content().text();
        }
        if (entry instanceof Entry.Edit edit) {
            return edit.text().orElse("");
        }
        if (entry instanceof Entry.Reaction reaction) {
            return reaction.emoji().value();
        }
        return entry instanceof Entry.Topic topic ? topic.topic() : "";
    }

    private static OptionalLong of(Entry entry) {
        if (entry instanceof Entry.Edit edit) {
            return OptionalLong.of(edit.of());
        }
        if (entry instanceof Entry.Delete delete) {
            return OptionalLong.of(delete.of());
        }
        return entry instanceof Entry.Reaction reaction ? OptionalLong.of(reaction.of()) : OptionalLong.empty();
    }

    private static void set(PreparedStatement insert, int parameter, OptionalLong value) throws SQLException {
        if (value.isPresent()) {
            insert.setLong(parameter, value.getAsLong());
        } else {
            insert.setNull(parameter, Types.INTEGER);
        }
    }
}
