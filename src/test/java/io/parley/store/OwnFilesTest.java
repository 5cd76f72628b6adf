package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.contract.Logbook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever else has an account on the machine reads nothing, whatever the folder and the umask are. */
class OwnFilesTest {
    private static final String OWN = "rw-------";
    private static final Map<String, String> ALL_OWN =
            Map.of("parley.db", OWN, "parley.db-wal", OWN, "parley.db-shm", OWN);

    private final List<String> warnings = new ArrayList<>();
    private final Logger logger = Logger.getLogger(DataFolder.class.getName());
    private final Handler watch = new Handler() {
        @Override
        public void publish(LogRecord said) {
            if (said.getLevel().equals(Level.WARNING)) {
                warnings.add(said.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path folder;

    @BeforeEach
    void beginToListen() {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        logger.addHandler(watch);
    }

    @AfterEach
    void endListening() {
        logger.removeHandler(watch);
    }

    @Test
    void aDatabaseInAFolderThatIsOpenToOthersIsNot() throws Exception {
        allow(folder, "rwxr-xr-x");

        try (SqliteStore store = open()) {
            new Logbook(store.roomLog()).open("lobby");
            assertEquals(ALL_OWN, permissions());
        }

        assertEquals(1, warnings.size(), warnings::toString);
        allow(folder, "rwx------");
        open().close();
        assertEquals(1, warnings.size(), warnings::toString);
    }

    @Test
    void whatASessionBeforeHasLeftOpenIsClosedToOthers() throws Exception {
        try (SqliteStore store = open()) {
            new Logbook(store.roomLog()).open("lobby");
            Path crashed = Files.createDirectory(folder.resolve("crashed"));
            for (String file : List.of("parley.db", "parley.db-wal")) {
                Files.copy(folder.resolve(file), crashed.resolve(file));
                allow(crashed.resolve(file), "rw-rw-r--");
            }
        }
        folder = folder.resolve("crashed");
        try (SqliteStore store = open()) {
            new Logbook(store.roomLog()).open("lobby");
            assertEquals(ALL_OWN, permissions());
        }
    }

    private SqliteStore open() {
        return SqliteStore.open(folder, Clock.systemUTC(), new SecureRandom(), 1);
    }

    private static void allow(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private Map<String, String> permissions() throws Exception {
        Map<String, String> permissions = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("parley.db"))
                    .toList()) {
                permissions.put(
                        file.getFileName().toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return permissions;
    }
}
