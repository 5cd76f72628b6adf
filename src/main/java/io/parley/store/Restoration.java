package io.parley.store;

import io.parley.config.StartFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/**
 * Puts a backup in the place of the database, while no Parley runs on the folder. Stateless.
 *
 * <p>The restored database gets a new incarnation: it may hand out again a {@code seq} that clients have seen with another entry in it, so
 * positions from before are no good (protocol §1). All is prepared in a file beside the database; one renaming then takes its place.
 */
public final class Restoration {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Restoration() {}

    /**
     * What was restored. Immutable.
     *
     * @param kept where the database is that was there before
     */
    public record Restored(Totals totals, Optional<Path> kept) {}

    /**
     * Restores. Blocks.
     *
     * @throws StartFailure when a Parley runs on the folder, or the backup is of a newer one
     * @throws BackupFailure when the file is no sound backup, or the disk fails
     */
    public static Restored restore(Path backup, Path data, Clock clock, SecureRandom random) {
        refuseUnfit(backup);
        try (DataFolder folder = DataFolder.hold(data)) {
            Path fresh = folder.database().resolveSibling("parley.db.restoring");
            Path kept = folder.database().resolveSibling("parley.db.before-" + TIME.format(clock.instant()));
            boolean keeps = false;
            boolean done = false;
            try {
                copy(backup, fresh);
                Totals totals = prepare(backup, fresh, random);
                OwnFiles.force(fresh);
                keeps = keepAside(folder, kept);
                Files.move(fresh, folder.database(), StandardCopyOption.ATOMIC_MOVE);
                done = true;
                OwnFiles.forceFolderOf(folder.database());
                return new Restored(totals, keeps ? Optional.of(kept) : Optional.empty());
            } finally {
                if (!done) {
                    deleteAll(fresh);
                }
                if (!done && keeps) {
                    Files.delete(kept);
                }
                Database.forgetDriver();
            }
        } catch (IOException e) {
            throw BackupFailure.of(backup + " cannot be restored", e);
        } catch (SQLException e) {
            String why = e.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code
                    ? " is no backup of a Parley"
                    : " cannot be restored: " + e.getMessage();
            throw new BackupFailure(backup + why, e);
        }
    }

    private static void refuseUnfit(Path backup) {
        if (!Files.isRegularFile(backup)) {
            throw new BackupFailure(backup + " is not there, or is no file");
        }
        if (backup.resolveSibling(backup.getFileName() + "-wal").toFile().length() > 0) {
            throw new BackupFailure(backup + " has a write-ahead log beside it: it is a database in use, not a backup");
        }
    }

    private static void copy(Path backup, Path fresh) throws IOException {
        deleteAll(fresh);
        OwnFiles.create(fresh);
        try (OutputStream out = Files.newOutputStream(fresh)) {
            Files.copy(backup, out);
        }
    }

    private static Totals prepare(Path backup, Path fresh, SecureRandom random) throws SQLException {
        Database database = new Database(fresh);
        Totals totals;
        try (SqliteConnection connection = database.writer()) {
            refuseDamaged(connection, backup);
            Migrations.run(database.migrating(), backup);
            Installation.renew(connection, random);
            connection.beginReading();
            totals = Census.totals(connection);
            connection.commit();
        }
        Checkpointer.finish(database);
        return totals;
    }

    private static void refuseDamaged(SqliteConnection connection, Path backup) throws SQLException {
        PreparedStatement check = connection.prepared("PRAGMA quick_check(1)");
        try (ResultSet rows = check.executeQuery()) {
            if (!rows.next() || !"ok".equals(rows.getString(1))) {
                throw new BackupFailure(backup + " is damaged: " + rows.getString(1));
            }
        }
        PreparedStatement ours = connection.prepared("SELECT count(*) FROM sqlite_master WHERE name = 'meta'");
        try (ResultSet rows = ours.executeQuery()) {
            if (!rows.next() || rows.getInt(1) == 0) {
                throw new BackupFailure(backup + " is no backup of a Parley");
            }
        }
    }

    /**
     * A second name for the old database, so that at no moment there is none.
     *
     * @return whether there was one
     */
    private static boolean keepAside(DataFolder folder, Path kept) throws IOException {
        if (!Files.exists(folder.database())) {
            return false;
        }
        // Into the one file, so that what is kept is whole by itself.
        Checkpointer.finish(new Database(folder.database()));
        refuseUnfinished(folder);
        OwnFiles.secondName(kept, folder.database());
        // It is to outlive a power cut in which the database gets its new content.
        OwnFiles.forceFolderOf(kept);
        Files.deleteIfExists(folder.writeAheadLog());
        Files.deleteIfExists(folder.database().resolveSibling("parley.db-shm"));
        return true;
    }

    /**
     * A log belongs to the database that it lies beside: no two files can be renamed at once, and a crash between would leave the old database
     * without what was acknowledged, or give its log to the new one.
     */
    private static void refuseUnfinished(DataFolder folder) {
        if (folder.writeAheadLog().toFile().length() > 0) {
            throw new BackupFailure(folder.database() + " and " + folder.writeAheadLog()
                    + " belong together and could not be made one: another program has them open, the disk is full, or they are"
                    + " damaged; if that cannot be mended, move both elsewhere and restore again");
        }
    }

    private static void deleteAll(Path fresh) throws IOException {
        for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
            Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + suffix));
        }
    }
}
