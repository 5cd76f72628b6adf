package io.parley.cli;

import io.parley.config.StartFailure;
import io.parley.store.BackupFailure;
import io.parley.store.Restoration;
import io.parley.store.Restoration.Restored;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** {@code restore FILE}: the one command that works on the files themselves. Stateless. */
final class RestoreCommand {
    static final Usage USAGE = new Usage("restore", List.of("FILE"), "puts a backup in the place of the data", """
                    Puts what was backed up into FILE in the place of the data, while the server is stopped. The database that was
                    there is kept beside it, as parley.db.before-TIME. Clients begin again from the newest page of each room: what
                    they had read may never have been written. Guests whom you dropped after the backup are let in again.""");

    private RestoreCommand() {}

    static void run(Path backup, Path data, Consumer<String> out) {
        try {
            Restored restored = Restoration.restore(backup, data, Clock.systemUTC(), new SecureRandom());
            out.accept("restored %s into %s: %d rooms, %d messages"
                    .formatted(
                            backup,
                            data,
                            restored.totals().rooms(),
                            restored.totals().messages()));
            restored.kept().ifPresent(kept -> out.accept("what was there is kept as " + kept));
        } catch (StartFailure e) {
            throw CommandFailure.notDone(e.line());
        } catch (BackupFailure e) {
            throw CommandFailure.notDone(String.valueOf(e.getMessage()));
        }
    }
}
