package io.parley.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which core is whose. Stateless. */
final class Cores {
    /** The server's. {@code bench/run} puts the generator on the other. */
    private static final int SERVER = 0;

    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private Cores() {}

    /** Whether server and generator have a core each. */
    static boolean areApart() {
        return Boolean.getBoolean("bench.apart") && Files.isExecutable(TASKSET);
    }

    /** What to put before a server's command, that it runs on its own core alone, or on every one. */
    static List<String> ofServer(boolean everyCore) {
        if (!areApart()) {
            return List.of();
        }
        // Nothing said, it would have inherited the generator's.
        String cores = everyCore ? "0-" + (Integer.getInteger("bench.cores", 1) - 1) : String.valueOf(SERVER);
        return List.of(TASKSET.toString(), "-c", cores);
    }
}
