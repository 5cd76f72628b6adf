package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.StartFailure;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurrentSchemaTest {
    @TempDir
    Path data;

    @Test
    void whatFlywayHasJustMadeIsCurrentAndNothingElse() throws SQLException {
        Database database = new Database(data.resolve("parley.db"));
        try (SqliteConnection connection = database.writer()) {
            assertFalse(CurrentSchema.isIn(connection), "an empty database");
            Migrations.run(database.migrating(), data);
            assertTrue(CurrentSchema.isIn(connection), "checksums are reckoned otherwise than by Flyway");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE flyway_schema_history SET checksum = checksum + 1",
                "UPDATE flyway_schema_history SET success = 0",
                "DELETE FROM flyway_schema_history",
                "INSERT INTO flyway_schema_history SELECT 9999, '9999', 'later', 'SQL', 'V9999__later.sql', 1, installed_by,"
                        + " installed_on, 1, 1 FROM flyway_schema_history LIMIT 1"
            })
    void whateverIsOtherwiseIsLeftToFlyway(String change) throws SQLException {
        open();
        Database database = new Database(data.resolve("parley.db"));
        try (SqliteConnection connection = database.writer()) {
            assertTrue(CurrentSchema.isIn(connection));
            connection.prepared(change).executeUpdate();
            assertFalse(CurrentSchema.isIn(connection));
        }
        assertThrows(StartFailure.class, this::open);
    }

    private void open() {
        SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1).close();
    }
}
