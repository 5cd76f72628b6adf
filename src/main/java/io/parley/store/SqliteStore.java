package io.parley.store;

import io.parley.config.StartFailure;
import io.parley.identity.PassStore;
import io.parley.identity.UserStore;
import io.parley.room.OutgoingHook;
import io.parley.room.RoomLog;
import io.parley.room.Write;
import io.parley.room.Written;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.sqlite.SQLiteErrorCode;

/**
 * Everything that Parley keeps, in one folder: the database and its lock. Thread-safe.
 *
 * <p>One connection writes, a few read, one checkpoints on its own thread; {@link #close} leaves none of them behind.
 */
public final class SqliteStore implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SqliteStore.class.getName());

    private final DataFolder folder;
    private final Database database;
    private final Installation installation;
    private final SqliteReaders readers;
    private final SqliteRoomLog log;
    private final Checkpointer checkpointer;
    private final KeyScan keyScan;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteStore(
            DataFolder folder,
            Database database,
            Installation installation,
            SqliteWriter writer,
            SqliteTransaction.Tables tables,
            int mostReaders,
            Checkpointer.Bounds bounds) {
        this.folder = folder;
        this.database = database;
        this.installation = installation;
        this.readers = new SqliteReaders(database, mostReaders);
        this.checkpointer = new Checkpointer(database, writer, folder.writeAheadLog(), bounds);
        this.keyScan = new KeyScan(readers, writer, tables.keys());
        this.log = new SqliteRoomLog(readers, writer, tables, (pages, erased) -> {
            checkpointer.committed(pages, erased);
            keyScan.beginIfWanted();
        });
        checkpointer.start();
        boolean started = false;
        try {
            keyScan.start();
            started = true;
        } finally {
            if (!started) {
                checkpointer.close();
            }
        }
        keyScan.beginIfWanted();
    }

    /**
     * Opens the store in a folder, making both if they are missing. Blocks.
     *
     * @param mostReaders most connections that read at a time
     * @throws StartFailure when the folder is in use or cannot be written to, or what lies there is not this Parley's database
     */
    public static SqliteStore open(Path data, Clock clock, SecureRandom random, int mostReaders) {
        return open(data, clock, random, mostReaders, Checkpointer.Bounds.USUAL);
    }

    /** The same, with other bounds for the write-ahead log. */
    static SqliteStore open(Path data, Clock clock, SecureRandom random, int mostReaders, Checkpointer.Bounds bounds) {
        DataFolder folder = DataFolder.hold(data);
        boolean opened = false;
        try {
            SqliteStore store = open(folder, clock, random, mostReaders, bounds);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                folder.close();
            }
        }
    }

    /** Loads SQLite, which takes a while the first time; whoever opens a store meanwhile waits for it. */
    public static void warmUp() {
        Database.loadSqlite();
    }

    public RoomLog roomLog() {
        return log;
    }

    /**
     * The users in this store.
     *
     * @param committer takes what the user store wants to write
     */
    public UserStore userStore(Function<Write, CompletionStage<Written>> committer) {
        return new SqliteUserStore(readers, installation.tokenKey(), committer);
    }

    /**
     * What programs come by, in this store.
     *
     * @param committer takes what is to be written
     */
    public PassStore passStore(Function<Write, CompletionStage<Written>> committer) {
        return new SqlitePassStore(readers, committer);
    }

    /** All outgoing webhooks, in the order of their ids. Blocks. */
    public List<OutgoingHook> outgoingHooks() {
        return readers.read(HookRows::all);
    }

    /**
     * Copies everything into a file that is not there yet, while all goes on. Blocks.
     *
     * @return the file's length in bytes
     * @throws BackupFailure when the file is there, or the disk fails
     */
    public long backUp(Path file) {
        return Backup.write(database, file);
    }

    /** How much there is. Blocks. */
    public Totals totals() {
        return readers.read(Census::totals);
    }

    /** Rooms in the order of their names, beginning after one; {@code ""} begins with the first. Blocks. */
    public List<RoomSummary> roomsAfter(String name, int limit) {
        return readers.read(connection -> Census.roomsAfter(connection, name, limit));
    }

    /** Length of the database file, in bytes. */
    public long databaseBytes() {
        return folder.database().toFile().length();
    }

    /** Length of the log of what is committed and not yet in the database file, in bytes. */
    public long logBytes() {
        return folder.writeAheadLog().toFile().length();
    }

    /**
     * Ends what is under way, moves everything into the database file and gives the folder free. Blocks for a few seconds at most; while a
     * commit hangs for longer, the folder stays held: who opened it then would build on what that commit is about to change.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        checkpointer.close();
        keyScan.close();
        if (!log.close(this::giveFree)) {
            LOG.log(Level.WARNING, "a commit hangs; {0} stays in use until it ends", folder.database());
        }
    }

    private void giveFree() {
        try (folder) {
            Checkpointer.finish(database);
            Database.forgetDriver();
        }
    }

    private static SqliteStore open(
            DataFolder folder, Clock clock, SecureRandom random, int mostReaders, Checkpointer.Bounds bounds) {
        Database database = new Database(folder.database());
        try {
            // SQLite would make it, and after it what lies beside it, as open as the umask leaves them.
            OwnFiles.createIfMissing(folder.database());
            // Open from now to the end. The last connection to close moves the log into the database file: after a
            // crash that would be
            // a second's work before anybody is let in.
            SqliteConnection connection = database.writer();
            boolean kept = false;
            try {
                if (!CurrentSchema.isIn(connection)) {
                    Migrations.run(database.migrating(), folder.database());
                }
                Installation installation = Installation.of(connection, clock, random);
                KeyIndex keys = new KeyIndex(installation.keySecret(), KeyIndex.Bounds.USUAL);
                keys.begin(connection);
                SqliteTransaction.Tables tables = new SqliteTransaction.Tables(
                        new RoomRows(installation.epochPart(), random), new Authors(), keys);
                SqliteWriter writer = new SqliteWriter(database, connection);
                SqliteStore store =
                        new SqliteStore(folder, database, installation, writer, tables, mostReaders, bounds);
                kept = true;
                return store;
            } finally {
                if (!kept) {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            throw new StartFailure(folder.database() + " " + reason(e), e);
        } catch (IOException e) {
            throw new StartFailure(folder.database() + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static String reason(SQLException e) {
        return e.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code
                ? "is no SQLite database; move it away, or give Parley another folder as parley.data"
                : "cannot be opened: " + e.getMessage();
    }
}
