package io.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.GivenSettings;
import io.parley.config.Settings;
import io.parley.config.StartFailure;
import io.parley.embedded.EmbeddedServer;
import io.parley.store.SqliteStore;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/** A start that fails half-way leaves nothing behind that would be in the way of the next. */
class ParleyTest {
    @TempDir
    Path folder;

    private Path data = Path.of("");

    @BeforeEach
    void nameANewFolder() {
        data = folder.resolve("data");
    }

    /** A store that can be opened, and of which those who build on it cannot read what they need. */
    static void makeAStoreThatFails(Path data) throws SQLException {
        SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1).close();
        execute(data, "ALTER TABLE session RENAME TO mislaid");
    }

    @Test
    void aStoreThatFailsIsGivenFreeAgain() throws Exception {
        makeAStoreThatFails(data);
        for (int attempt = 1; attempt <= 2; attempt++) {
            String line = assertThrows(StartFailure.class, this::start).line();
            assertTrue(line.contains("the store in " + data + " fails: "), line);
            assertTrue(line.contains("no such table: session"), line);
            assertEquals(Set.of(), threads());
        }
        execute(data, "ALTER TABLE mislaid RENAME TO session");
        start().stop();
    }

    @Test
    void aContainerThatTakesNoFilterGetsTheFolderBack() {
        AtomicReference<ServletContextEvent> deployed = new AtomicReference<>();
        EmbeddedServer container = EmbeddedServer.start(settings(), new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                deployed.set(event);
            }
        });
        try {
            // What a context is like that takes no more registrations; it throws what no start is expected to throw.
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ParleyListener(settings()).contextInitialized(Objects.requireNonNull(deployed.get())));
            start().stop();
        } finally {
            container.stop(Duration.ZERO);
        }
    }

    private Settings settings() {
        return GivenSettings.of(Map.of("parley.port", "0"), data);
    }

    private Parley start() {
        return Parley.start(settings(), true);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("parley-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void execute(Path data, String sql) throws SQLException {
        try (Connection connection =
                        JDBC.createConnection("jdbc:sqlite:" + data.resolve("parley.db"), new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
