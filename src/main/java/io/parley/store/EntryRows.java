package io.parley.store;

import io.parley.identity.User;
import io.parley.room.Content;
import io.parley.room.Entry;
import io.parley.room.MessageKey;
import io.parley.room.RoomLog.KeyRef;
import io.parley.room.RoomLog.NewEntry;
import io.parley.room.Style;
import io.parley.text.JsonInput;
import io.parley.text.JsonText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entries as rows, to and fro. Stateless. */
final class EntryRows {
    static final String INSERT =
            "INSERT INTO entry (id, room, seq, ordinal, kind, author, name, at, key, hash, text, extra)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    // CROSS JOIN: the entries come first, in the order of their key, whatever the planner thinks of it.
    private static final String SELECT =
            "SELECT e.kind, e.seq, e.at, u.public_id, e.name, u.kind, e.text, e.key, e.extra"
                    + " FROM entry e CROSS JOIN user_account u ON u.id = e.author WHERE ";

    /** Parameters: room, after, limit. */
    static final String AFTER = SELECT + "e.room = ? AND e.seq > ? ORDER BY e.seq LIMIT ?";
    /** Parameters: room, before, limit. */
    static final String MESSAGES_BEFORE =
            SELECT + "e.room = ? AND e.seq < ? AND e.kind = 1 ORDER BY e.seq DESC LIMIT ?";

    private static final int MESSAGE = 1;
    private static final String ACTION = "action";
    private static final int EXTRA_DEPTH = 4;

    private EntryRows() {}

    /** Adds a row to the batch of {@link #INSERT}. */
    static void addTo(PreparedStatement insert, NewEntry added, KeyIndex keys) throws SQLException {
        if (!(added.entry() instanceof Entry.Message message)) {
            throw new IllegalStateException("no row for " + added.entry().getClass());
        }
        byte @Nullable [] key = message.key().map(StoredKey::of).orElse(null);
        insert.setLong(1, keys.add(message.key().map(used -> new KeyRef(added.room(), added.author(), used))));
        insert.setLong(2, added.room().value());
        insert.setLong(3, message.seq());
        insert.setLong(4, added.ordinal());
        insert.setInt(5, MESSAGE);
        insert.setLong(6, added.author());
        insert.setString(7, message.from().name().value());
        insert.setLong(8, message.at().toEpochMilli());
        insert.setBytes(9, key);
        insert.setLong(10, added.hash());
        insert.setString(11, message.content().text());
        insert.setString(12, extra(message, key));
        insert.addBatch();
    }

    static Entry read(ResultSet row) throws SQLException {
        if (row.getInt(1) != MESSAGE) {
            throw new IllegalStateException("an entry of a kind that is not known: " + row.getInt(1));
        }
        User from = UserRows.user(row.getString(4), row.getString(5), row.getInt(6));
        byte @Nullable [] key = row.getBytes(8);
        @Nullable String extra = row.getString(9);
        Optional<JsonInput> more = extra == null ? Optional.empty() : Optional.of(JsonInput.parse(extra, EXTRA_DEPTH));
        Style style =
                more.flatMap(json -> json.string("style")).map(EntryRows::style).orElse(Style.PLAIN);
        Optional<MessageKey> messageKey = key == null
                ? Optional.empty()
                : Optional.of(StoredKey.read(key, more.flatMap(json -> json.string("key"))));
        return new Entry.Message(
                row.getLong(2),
                Instant.ofEpochMilli(row.getLong(3)),
                from,
                new Content(row.getString(7), style),
                messageKey);
    }

    private static @Nullable String extra(Entry.Message message, byte @Nullable [] key) {
        boolean keyText = key != null && StoredKey.isHashed(key);
        boolean action = message.content().style() == Style.ACTION;
        if (!keyText && !action) {
            return null;
        }
        JsonText json = new JsonText().object();
        if (keyText) {
            json.field("key", message.key().orElseThrow().value());
        }
        if (action) {
            json.field("style", ACTION);
        }
        return json.endObject().toString();
    }

    private static Style style(String stored) {
        if (stored.equals(ACTION)) {
            return Style.ACTION;
        }
        throw new IllegalStateException("a style that is not known: " + stored);
    }
}
