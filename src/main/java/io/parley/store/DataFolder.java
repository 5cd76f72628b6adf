package io.parley.store;

import io.parley.config.StartFailure;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a store lies in, held for one Parley alone. Thread-safe.
 *
 * <p>The lock file keeps other processes out. It must not even be opened twice in this one: by POSIX, closing any descriptor of a file gives
 * up every lock that the process has on it. So this process is kept out by a system property, which all class loaders share.
 */
final class DataFolder implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DataFolder.class.getName());
    private static final String OPENED = "io.parley.store.opened.";

    private final Path folder;
    private final String property;
    private final FileChannel channel;

    private DataFolder(Path folder, String property, FileChannel channel) {
        this.folder = folder;
        this.property = property;
        this.channel = channel;
    }

    /**
     * Makes the folder if it is missing, and holds it.
     *
     * @throws StartFailure when it cannot be written to, or is held already
     */
    static DataFolder hold(Path data) {
        Path folder = make(data);
        String property = OPENED + folder;
        if (System.getProperties().putIfAbsent(property, "open") != null) {
            throw inUse(folder);
        }
        FileChannel channel = null;
        try {
            channel = lock(folder);
        } catch (IOException e) {
            throw new StartFailure("parley.data: " + folder + " cannot be written to: " + reason(e), e);
        } finally {
            if (channel == null) {
                System.clearProperty(property);
            }
        }
        DataFolder held = new DataFolder(folder, property, channel);
        held.keepFromOthers();
        return held;
    }

    Path database() {
        return folder.resolve("parley.db");
    }

    /** Where SQLite keeps what is committed and not yet in the database file. */
    Path writeAheadLog() {
        return folder.resolve("parley.db-wal");
    }

    /** Of a folder that was there before, and of files that lay in it, nobody has taken care. */
    private void keepFromOthers() {
        if (OwnFiles.isOpenToOthers(folder)) {
            LOG.log(
                    Level.WARNING,
                    "the folder {0} is open to others on this machine; it should be for its owner alone: chmod 700",
                    folder);
        }
        for (String file : List.of("parley.db", "parley.db-wal", "parley.db-shm")) {
            OwnFiles.keepFromOthers(folder.resolve(file));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("the lock on " + folder + " could not be given up", e);
        } finally {
            System.clearProperty(property);
        }
    }

    private static Path make(Path data) {
        try {
            // What people wrote is nobody else's on this machine.
            FileAttribute<?>[] attributes =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                            ? new FileAttribute<?>[] {
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                            }
                            : new FileAttribute<?>[0];
            Files.createDirectories(data, attributes);
            return data.toRealPath();
        } catch (IOException e) {
            throw new StartFailure(
                    "parley.data: the folder " + data.toAbsolutePath() + " cannot be made: " + reason(e), e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("parley.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw inUse(folder);
        }
        return channel;
    }

    private static StartFailure inUse(Path folder) {
        return new StartFailure("parley.data: " + folder
                + " is in use by another Parley that runs; stop that one, or give this one another folder");
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ", " + e.getMessage();
    }
}
