package io.parley.store;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConnection;

/** A connection with the statements that were prepared on it. Confined to whoever has taken it. */
final class SqliteConnection implements AutoCloseable {
    private final SQLiteConnection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    SqliteConnection(SQLiteConnection connection) {
        this.connection = connection;
        // Transactions are begun and ended here. The flag alone keeps the driver from trying a BEGIN after each
        // statement,
        // and its own begin from holding a snapshot between transactions.
        connection.getConnectionConfig().setAutoCommit(false);
    }

    /** The statement of that text, prepared once. */
    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /** Begins a transaction whose reads all see what was committed before the first of them. */
    void beginReading() throws SQLException {
        prepared("BEGIN").execute();
    }

    /** Begins a transaction that no other writer runs beside. */
    void beginWriting() throws SQLException {
        prepared("BEGIN IMMEDIATE").execute();
    }

    void commit() throws SQLException {
        prepared("COMMIT").execute();
    }

    /** Undoes the transaction; fails when there is none. */
    void rollback() throws SQLException {
        prepared("ROLLBACK").execute();
    }

    /**
     * Copies the whole database into an empty file. Blocks.
     *
     * @param pagesAtATime -1 for all of them, as they stand at one moment
     * @return SQLite's code
     */
    int backUp(Path file, int pagesAtATime) throws SQLException {
        return connection.getDatabase().backup("main", file.toString(), null, 0, 0, pagesAtATime);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
