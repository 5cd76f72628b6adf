package io.parley.cli;

import io.parley.store.BackupFailure;
import io.parley.store.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** {@code backup FILE}. Thread-safe. */
public final class BackupCommand implements ServerCommand {
    static final Usage USAGE = new Usage("backup", List.of("FILE"), "copies everything into a new file", """
                    Copies everything that is kept into FILE, which must not be there yet, while the server goes on. The file is
                    written by the server, for its user alone; it gets its name when all of it is on the disk. It holds what
                    people wrote and the secret of their sessions: keep it as you keep the data folder.""");

    private final SqliteStore store;

    public BackupCommand(SqliteStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return USAGE.name();
    }

    @Override
    public void run(List<String> arguments, Consumer<String> out) {
        try {
            long bytes = store.backUp(Path.of(arguments.get(0)));
            out.accept("backed up into %s, %d bytes".formatted(arguments.get(0), bytes));
        } catch (BackupFailure e) {
            throw CommandFailure.notDone(String.valueOf(e.getMessage()));
        }
    }
}
