package io.parley.contract;

import io.parley.room.RoomLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log for each test, of whatever kind. */
abstract class LogContract {
    /** More than any page here holds or weighs. */
    static final int ALL = 1_000_000;

    @TempDir
    protected Path folder;

    protected RoomLog log;
    protected Logbook book;

    /** A log with nothing in it, which the test closes. */
    protected abstract RoomLog emptyLog();

    @BeforeEach
    final void openLog() {
        log = emptyLog();
        book = new Logbook(log);
    }

    @AfterEach
    final void closeLog() {
        log.close();
    }
}
