package io.parley.store;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that hold what people wrote: for nobody else on the machine, and on the disk before anybody relies on them. Stateless.
 *
 * <p>Never for files of a database that is open in this process: closing one here would give up SQLite's locks.
 */
final class OwnFiles {
    private static final Logger LOG = System.getLogger(OwnFiles.class.getName());
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private OwnFiles() {}

    /** Makes an empty file that is for its owner alone; fails when there is one. */
    static void create(Path file) throws IOException {
        Files.createFile(
                file,
                POSIX
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0]);
    }

    /** Makes an empty file that is for its owner alone, if there is none. */
    static void createIfMissing(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
    }

    /** Takes from everybody but its owner what they may do with a file, if it is there and theirs to give; does not open it. */
    static void keepFromOthers(Path file) {
        if (!isOpenToOthers(file)) {
            return;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            permissions.removeAll(OF_OTHERS);
            Files.setPosixFilePermissions(file, permissions);
            LOG.log(Level.INFO, "{0} was open to others on this machine, and is no more", file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} is open to others on this machine, and cannot be kept from them: {1}", file, e);
        }
    }

    /** Whether anybody but its owner may do anything with a file or folder, as far as the system tells. */
    static boolean isOpenToOthers(Path file) {
        try {
            return POSIX
                    && Files.exists(file)
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Gives a file another name beside its own, or makes a copy of that name where there are no such things; fails when it is taken. */
    static void secondName(Path name, Path file) throws IOException {
        secondName(name, file, Files::createLink);
    }

    /** The same, by another way of linking: no hard link can be made on FAT, and on what some network shares make of it. */
    static void secondName(Path name, Path file, Linking linking) throws IOException {
        try {
            linking.link(name, file);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (IOException | UnsupportedOperationException noLinks) {
            copy(name, file);
        }
    }

    /** Makes a hard link. */
    interface Linking {
        void link(Path name, Path file) throws IOException;
    }

    private static void copy(Path name, Path file) throws IOException {
        create(name);
        boolean whole = false;
        try {
            try (OutputStream out = Files.newOutputStream(name)) {
                Files.copy(file, out);
            }
            force(name);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(name);
            }
        }
    }

    /** Returns when the content of a file is on the disk. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Returns when the name of a file is on the disk. */
    static void forceFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (POSIX && folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
