package io.parley.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/**
 * Copies the database while it is in use, page by page as SQLite itself does. Stateless.
 *
 * <p>The copy is what was committed when it began. It gets its name only when all of it is on the disk: a file of that name is whole.
 */
final class Backup {
    /** Page by page and not by VACUUM, which might number rows anew, and takes several times as much work. */
    private static final int ALL_PAGES = -1;

    private Backup() {}

    /**
     * Writes a file that is not there yet. Blocks for as long as the disk takes; nobody else waits for it.
     *
     * @return its length in bytes
     */
    static long write(Database database, Path target) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        refuseExisting(target);
        try {
            OwnFiles.create(part);
        } catch (FileAlreadyExistsException e) {
            throw new BackupFailure(
                    part + " is there: another backup to this file is under way, or was cut off; delete it then", e);
        } catch (IOException e) {
            throw BackupFailure.of(target + " cannot be made", e);
        }
        boolean done = false;
        try {
            copy(database, part);
            OwnFiles.force(part);
            long bytes = Files.size(part);
            refuseExisting(target);
            Files.move(part, target);
            done = true;
            OwnFiles.forceFolderOf(target);
            return bytes;
        } catch (IOException e) {
            throw BackupFailure.of(target + " cannot be written", e);
        } catch (SQLException e) {
            throw new BackupFailure(target + " cannot be written: " + e.getMessage(), e);
        } finally {
            if (!done) {
                delete(part);
            }
        }
    }

    private static void refuseExisting(Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new BackupFailure(target + " is there already; a backup overwrites nothing");
        }
    }

    private static void copy(Database database, Path part) throws SQLException {
        try (SqliteConnection connection = database.reader()) {
            int code = connection.backUp(part, ALL_PAGES);
            if (code != SQLiteErrorCode.SQLITE_OK.code) {
                throw new SQLException(SQLiteErrorCode.getErrorCode(code).message, null, code);
            }
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw BackupFailure.of(part + " could not be deleted", e);
        }
    }
}
