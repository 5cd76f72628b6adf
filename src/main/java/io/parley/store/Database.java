package io.parley.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to the database file, each set up for its one job. Thread-safe. */
final class Database {
    private static final Logger LOG = System.getLogger(Database.class.getName());
    private static final int BUSY_MILLIS = 5_000;
    /** A checkpoint that finds readers in its way gives up soon: it holds the committer up. */
    private static final int CHECKPOINT_BUSY_MILLIS = 20;

    /** SQLite's own default. */
    static final int PAGE_BYTES = 4_096;
    /** No larger: at almost every commit SQLite walks through all pages that it holds. */
    private static final int WRITER_CACHE_KIB = 16 * 1024;

    private static final int READER_CACHE_KIB = 2 * 1024;

    private final Path file;

    Database(Path file) {
        this.file = file;
        loadSqlite();
        forgetDriver();
    }

    /**
     * Loads SQLite, which takes a while the first time; whoever opens a connection meanwhile waits for it.
     *
     * <p>It runs a program to learn what system this is. The thread that waits for a program's end is kept by Java for a minute, with the
     * context class loader of whoever began it: that must not be a WAR's, which may be undeployed before.
     */
    static void loadSqlite() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            // Who opens a connection meets it again, and says so.
            LOG.log(Level.DEBUG, "SQLite could not be loaded", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Where the one connection that writes comes from. */
    SqliteConnection writer() throws SQLException {
        return connect(
                BUSY_MILLIS,
                // Heard only by a database that is new.
                "page_size = " + PAGE_BYTES,
                "journal_mode = WAL",
                // Acknowledged means on the disk: with less, a power cut takes commits back.
                "synchronous = FULL",
                "secure_delete = ON",
                "foreign_keys = ON",
                // Checkpoints have a thread of their own.
                "wal_autocheckpoint = 0",
                "cache_size = -" + WRITER_CACHE_KIB);
    }

    SqliteConnection reader() throws SQLException {
        return connect(BUSY_MILLIS, "query_only = ON", "wal_autocheckpoint = 0", "cache_size = -" + READER_CACHE_KIB);
    }

    SqliteConnection checkpointer() throws SQLException {
        return connect(CHECKPOINT_BUSY_MILLIS, "synchronous = FULL", "wal_autocheckpoint = 0");
    }

    /** For the migrations, which want to open connections themselves. */
    DataSource migrating() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url());
        return source;
    }

    /**
     * Takes our driver from the JVM's list, where it put itself when it was loaded.
     *
     * <p>Nobody here asks the list for it; there it would outlive a WAR that is undeployed, and keep its class loader.
     */
    static void forgetDriver() {
        try {
            List<Driver> drivers = Collections.list(DriverManager.getDrivers());
            for (Driver driver : drivers) {
                if (driver instanceof JDBC && JDBC.class.getClassLoader() == Database.class.getClassLoader()) {
                    DriverManager.deregisterDriver(driver);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("this class loader's own driver could not be deregistered", e);
        }
    }

    private SqliteConnection connect(int busyMillis, String... pragmas) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(busyMillis);
        // Else the driver asks for the last row's id after every insert.
        config.setGetGeneratedKeys(false);
        // A connection is one thread's at a time: SQLite need not lock it at every parameter and column.
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        SQLiteConnection connection = JDBC.createConnection(url(), config.toProperties());
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas) {
                statement.execute("PRAGMA " + pragma);
            }
            return new SqliteConnection(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private String url() {
        return JDBC.PREFIX + file;
    }
}
