package io.parley.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.SplittableRandom;

/** The tables of a trial, and the statements that a committer would use on them. Confined to one thread. */
final class TrialSchema {
    private static final String ROOM = "CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
            + " kind INTEGER NOT NULL, topic TEXT NOT NULL, epoch TEXT NOT NULL, first INTEGER NOT NULL,"
            + " head INTEGER NOT NULL, messages INTEGER NOT NULL, touched INTEGER NOT NULL) STRICT";
    private static final String COLUMNS = "room INTEGER NOT NULL, seq INTEGER NOT NULL, ordinal INTEGER NOT NULL,"
            + " kind INTEGER NOT NULL, author INTEGER NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, of INTEGER,"
            + " thread INTEGER, key BLOB, hash INTEGER NOT NULL, text TEXT NOT NULL, extra TEXT";
    private static final int PACKED_SEQ_BITS = 40;
    private static final int PAGE_ENTRIES = 200;

    private final boolean packed;
    private final boolean keysIndexed;
    private final int lookups;
    private final long[] heads;
    private final PreparedStatement insert;
    private final PreparedStatement lookUp;
    private final PreparedStatement moveHead;

    TrialSchema(Connection connection, TrialOptions options) throws SQLException {
        this.packed = options.layout().equals("packed");
        this.keysIndexed = options.keysIndexed();
        this.lookups = options.lookups();
        this.heads = new long[options.rooms() + 1];
        try (Statement statement = connection.createStatement()) {
            statement.execute(ROOM);
            statement.execute(entryTable(options.layout()));
            if (keysIndexed) {
                statement.execute("CREATE UNIQUE INDEX entry_key ON entry (room, author, key) WHERE key IS NOT NULL");
            }
            statement.execute("CREATE INDEX entry_of ON entry (room, of) WHERE of IS NOT NULL");
            for (int room = 1; room < heads.length; room++) {
                statement.execute(
                        "INSERT INTO room VALUES (" + room + ", 'room-" + room + "', 1, '', 'e', 1, 0, 0, 0)");
            }
        }
        String id = packed ? "id, " : "";
        insert = connection.prepareStatement("INSERT INTO entry (" + id
                + "room, seq, ordinal, kind, author, name, at, key, hash, text, extra) VALUES (" + (packed ? "?, " : "")
                + "?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)");
        lookUp = connection.prepareStatement("WITH k (n, room, author, key) AS (VALUES "
                + "(?, ?, ?, ?), ".repeat(lookups - 1)
                + "(?, ?, ?, ?)) SELECT k.n, e.seq, e.at, e.hash FROM k CROSS JOIN entry e"
                + " ON e.room = k.room AND e.author = k.author AND e.key = k.key");
        moveHead = connection.prepareStatement("UPDATE room SET head = ?, messages = ?, touched = ? WHERE id = ?");
    }

    private static String entryTable(String layout) {
        return switch (layout) {
            case "packed" -> "CREATE TABLE entry (id INTEGER PRIMARY KEY, " + COLUMNS + ") STRICT";
            case "clustered" -> "CREATE TABLE entry (" + COLUMNS + ", PRIMARY KEY (room, seq)) STRICT, WITHOUT ROWID";
            default -> "CREATE TABLE entry (" + COLUMNS + ", PRIMARY KEY (room, seq)) STRICT";
        };
    }

    /** Everything that the committer does in a transaction but commit. */
    void write(List<TrialGroups.Post> posts) throws SQLException {
        for (int from = 0; keysIndexed && from < posts.size(); from += lookups) {
            lookUp(posts.subList(from, Math.min(posts.size(), from + lookups)));
        }
        long now = System.currentTimeMillis();
        for (TrialGroups.Post post : posts) {
            bind(post, now);
            insert.addBatch();
        }
        insert.executeBatch();
        for (int room :
                posts.stream().mapToInt(TrialGroups.Post::room).distinct().toArray()) {
            moveHead.setLong(1, heads[room]);
            moveHead.setLong(2, heads[room]);
            moveHead.setLong(3, now);
            moveHead.setInt(4, room);
            moveHead.addBatch();
        }
        moveHead.executeBatch();
    }

    private void lookUp(List<TrialGroups.Post> posts) throws SQLException {
        int parameter = 0;
        for (int i = 0; i < lookups; i++) {
            TrialGroups.Post post = posts.get(Math.min(i, posts.size() - 1));
            lookUp.setInt(++parameter, i);
            lookUp.setInt(++parameter, post.room());
            lookUp.setInt(++parameter, post.author());
            lookUp.setBytes(++parameter, post.key());
        }
        try (ResultSet rows = lookUp.executeQuery()) {
            if (rows.next()) {
                throw new IllegalStateException("a random key came twice");
            }
        }
    }

    private void bind(TrialGroups.Post post, long now) throws SQLException {
        long seq = ++heads[post.room()];
        int parameter = 0;
        if (packed) {
            insert.setLong(++parameter, packed(post.room(), seq));
        }
        insert.setInt(++parameter, post.room());
        insert.setLong(++parameter, seq);
        insert.setLong(++parameter, seq);
        insert.setInt(++parameter, post.author());
        insert.setString(++parameter, "author-" + post.author());
        insert.setLong(++parameter, now);
        insert.setBytes(++parameter, post.key());
        insert.setLong(++parameter, post.hash());
        insert.setString(++parameter, post.text());
        insert.setNull(++parameter, Types.VARCHAR);
    }

    private static long packed(int room, long seq) {
        return ((long) room << PACKED_SEQ_BITS) | seq;
    }

    /** Reads pages from random places. Confined to one thread. */
    static final class Pages {
        private final boolean packed;
        private final int rooms;
        private final long lastStart;
        private final SplittableRandom random;
        private final PreparedStatement select;

        Pages(Connection connection, TrialOptions options) throws SQLException {
            this.packed = options.layout().equals("packed");
            this.rooms = options.rooms();
            this.lastStart = Math.max(1, options.rows() / options.rooms() / 10L * 9 - PAGE_ENTRIES);
            this.random = new SplittableRandom(options.seed());
            String where = packed ? "id > ? AND id < ? ORDER BY id" : "room = ? AND seq > ? ORDER BY seq";
            this.select = connection.prepareStatement("SELECT seq, at, author, name, text, key, extra FROM entry WHERE "
                    + where + " LIMIT " + PAGE_ENTRIES);
        }

        int readAnother() throws SQLException {
            int room = 1 + random.nextInt(rooms);
            long after = random.nextLong(lastStart);
            select.setLong(1, packed ? packed(room, after) : room);
            select.setLong(2, packed ? packed(room + 1, 0) : after);
            int count = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    rows.getString(5);
                    rows.getBytes(6);
                    count++;
                }
            }
            return count;
        }
    }
}
