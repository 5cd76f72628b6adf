package io.parley.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * How many rows a second each form of the schema makes durable. A program of its own, not a test: it runs for minutes.
 *
 * <p>Arguments are {@code name=value}; {@code docs/decisions/0002-sqlite-schema.md} has what came of them. Each group is what the committer
 * does: every key is looked up, the entries are inserted, the heads moved, and all of it committed; checkpoints run on another thread.
 */
final class SchemaTrial {
    private static final double MICROS = 1e3;

    private final TrialOptions options;
    private final Path file;
    private final TrialClock clock;

    private SchemaTrial(TrialOptions options, Path folder) {
        this.options = options;
        this.file = folder.resolve("trial.db");
        this.clock = new TrialClock(options.rows(), options.group());
    }

    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        TrialOptions options = TrialOptions.parse(arguments);
        Path folder = Files.createTempDirectory(Path.of(options.folder()), "parley-trial");
        try {
            System.out.println(options);
            new SchemaTrial(options, folder).run();
        } finally {
            for (String name : new String[] {"trial.db-wal", "trial.db-shm", "trial.db", ""}) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }

    private void run() throws SQLException, InterruptedException {
        TrialGroups groups = new TrialGroups(options);
        try (Connection connection = connect()) {
            TrialSchema schema = new TrialSchema(connection, options);
            TrialCheckpoints checkpoints = new TrialCheckpoints(connect(), options);
            checkpoints.start();
            connection.setAutoCommit(false);
            while (clock.wantsMore()) {
                List<TrialGroups.Post> posts = groups.next();
                clock.start();
                checkpoints.takeTurn();
                schema.write(posts);
                connection.commit();
                checkpoints.endTurn(options.group() + 2L * options.rooms());
                clock.stop();
            }
            checkpoints.end();
            System.out.print(clock);
            System.out.println(checkpoints);
        }
        read();
    }

    /** Reads pages as a reader that catches up would. */
    private void read() throws SQLException {
        int[] micros = new int[1_000];
        int rows = 0;
        try (Connection connection = connect()) {
            TrialSchema.Pages pages = new TrialSchema.Pages(connection, options);
            for (int i = 0; i < micros.length; i++) {
                long start = System.nanoTime();
                rows += pages.readAnother();
                micros[i] = (int) ((System.nanoTime() - start) / MICROS);
            }
        }
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "a page of %.0f entries: p50 %.2f ms, p99 %.2f ms%n",
                rows / (double) micros.length,
                micros[micros.length / 2] / MICROS,
                micros[micros.length * 99 / 100] / MICROS);
    }

    private Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(20);
        Connection connection = JDBC.createConnection(JDBC.PREFIX + file, config.toProperties());
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, Object> pragma : options.pragmas().entrySet()) {
                statement.execute("PRAGMA " + pragma.getKey() + " = " + pragma.getValue());
            }
        }
        return connection;
    }
}
