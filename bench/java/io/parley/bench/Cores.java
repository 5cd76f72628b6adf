package io.parley.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which core is whose. Stateless. */
final class Cores {
    /** The server's. {@code bench/run} puts the generator on the other. */
    static final int SERVER = 0;

    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private Cores() {}

    /** Whether server and generator have a core each. */
    static boolean areApart() {
        return Boolean.getBoolean("bench.apart") && Files.isExecutable(TASKSET);
    }

    /** What to put before a command, that it runs on that core alone. */
    static List<String> pin(int core) {
        return areApart() ? List.of(TASKSET.toString(), "-c", String.valueOf(core)) : List.of();
    }
}
