package io.parley.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Finds out, without Flyway, that there is nothing for Flyway to do: half a second of work at every start but the first. Stateless.
 *
 * <p>It knows one answer only: what was applied is just what this version has, in order, each successfully and from the same text. Whatever
 * else there may be, a newer Parley's migrations included, is left to {@link Migrations}, which also says what is wrong.
 */
final class CurrentSchema {
    private static final String HISTORY = "SELECT count(*) FROM sqlite_master WHERE name = 'flyway_schema_history'";
    private static final String APPLIED =
            "SELECT script, checksum, success, type FROM flyway_schema_history ORDER BY installed_rank";

    private CurrentSchema() {}

    static boolean isIn(SqliteConnection connection) throws SQLException {
        try (ResultSet history = connection.prepared(HISTORY).executeQuery()) {
            if (!history.next() || history.getInt(1) == 0) {
                return false;
            }
        }
        return applied(connection).equals(expected());
    }

    private static List<String> applied(SqliteConnection connection) throws SQLException {
        List<String> applied = new ArrayList<>();
        try (ResultSet rows = connection.prepared(APPLIED).executeQuery()) {
            while (rows.next()) {
                boolean done = rows.getBoolean(3) && "SQL".equals(rows.getString(4));
                applied.add((done ? "" : "not ") + rows.getString(1) + " " + rows.getInt(2));
            }
        }
        return applied;
    }

    private static List<String> expected() {
        return Migrations.FILES.stream()
                .map(file -> file + " " + checksum(new MigrationFile(file)))
                .toList();
    }

    /** As Flyway reckons it: over the lines without their ends. */
    private static int checksum(MigrationFile file) {
        CRC32 sum = new CRC32();
        try (BufferedReader lines = new BufferedReader(file.read())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) sum.getValue();
    }
}
