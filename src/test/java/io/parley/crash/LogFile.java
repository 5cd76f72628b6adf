package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.SQLiteDataSource;

/** Reads the logs from the database file itself, by nothing of the server's. Stateless. */
final class LogFile {
    private static final String ENTRIES = "SELECT e.seq, e.at, u.public_id, e.key, e.text, r.head"
            + " FROM entry e JOIN room r ON r.id = e.room JOIN user_account u ON u.id = e.author"
            + " WHERE r.name = ? ORDER BY e.seq";

    private LogFile() {}

    /** The logs of these rooms; no server may be running. */
    static Map<String, LogCopy> read(Path data, List<String> rooms) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve("parley.db"));
        Map<String, LogCopy> logs = new TreeMap<>();
        try (Connection connection = source.getConnection()) {
            try (Statement statement = connection.createStatement();
                    ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
                assertEquals("ok", check.getString(1));
            }
            for (String room : rooms) {
                logs.put(room, read(connection, room));
            }
        }
        return logs;
    }

    private static LogCopy read(Connection connection, String room) throws SQLException {
        LogCopy log = new LogCopy(room);
        long head = 0;
        try (PreparedStatement select = connection.prepareStatement(ENTRIES)) {
            select.setString(1, room);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    log.add(new Logged(
                            room,
                            row.getLong(1),
                            Instant.ofEpochMilli(row.getLong(2)),
                            row.getString(3),
                            Base64.getUrlEncoder().withoutPadding().encodeToString(row.getBytes(4)),
                            row.getString(5)));
                    head = row.getLong(6);
                }
            }
        }
        assertEquals(head, log.head(), "the stored head of " + room);
        return log;
    }
}
