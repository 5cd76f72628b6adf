package io.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjDoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The store without a server, as the committer asks for it: {@code StoreTrial} in a JVM of its own. Immutable. */
record StoreAlone(String name, String meaning) implements Workload.Alone {
    /** A program among the tests of the store, whose classes no other package sees. */
    private static final String PROGRAM = "io.parley.store.StoreTrial";

    private static final int GROUP = 200;
    private static final int LONGEST_MINUTES = 20;
    private static final String NUMBER = "([\\d.]+)";
    private static final Pattern GROUPS =
            Pattern.compile("(?m)^all: %s rows/s; a group p50 %s ms, p99 %s ms,".replace("%s", NUMBER));
    private static final Pattern COSTS = Pattern.compile(
            "(?m)^with making them up: %s rows/s; %s microseconds of processor time a row$".replace("%s", NUMBER));

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.PARLEY;
    }

    @Override
    public void measure(Kind kind, Path folder, Timing timing, ObjDoubleConsumer<String> figures)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String said = run(folder, timing.storeRows());
        figures.accept(Figure.STORE_ROWS, timing.storeRows());
        read(said, figures);
    }

    /** @param said by the program */
    static void read(String said, ObjDoubleConsumer<String> figures) {
        Matcher groups = GROUPS.matcher(said);
        Matcher costs = COSTS.matcher(said);
        if (!groups.find() || !costs.find()) {
            throw new Broken(PROGRAM + " says " + said);
        }
        figures.accept(Figure.ROWS, Double.parseDouble(groups.group(1)));
        figures.accept("rows/s with making them up", Double.parseDouble(costs.group(1)));
        figures.accept("group p50 ms", Double.parseDouble(groups.group(2)));
        figures.accept("group p99 ms", Double.parseDouble(groups.group(3)));
        figures.accept("CPU µs/row", Double.parseDouble(costs.group(2)));
    }

    private static String run(Path folder, int rows) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Cores.ofServer(true));
        command.addAll(
                Kind.java("-cp", Kind.CLASS_PATH, PROGRAM, "rows=" + rows, "group=" + GROUP, "folder=" + folder));
        Path log = Path.of("target/bench/store.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new Broken("the store alone has failed; " + log + " says why");
            }
            return Files.readString(log);
        } finally {
            process.destroyForcibly();
        }
    }
}
