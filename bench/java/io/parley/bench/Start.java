package io.parley.bench;

import io.parley.bench.Dialect.Role;
import io.parley.bench.Results.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.Stream;

/**
 * From the command to the first message that its author is shown, over a database that is there already. Immutable.
 *
 * @param starts in each round, of which the median counts
 */
record Start(String name, String meaning, int starts) implements Workload.Alone {
    /** Exists from the beginning, so that nobody has to make it. */
    private static final String ROOM = "lobby";

    private static final int TEXT_BYTES = 128;
    private static final int ROOM_MESSAGES = 64;
    private static final int ROOM_BYTES = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * One start. Immutable.
     *
     * @param port seconds until the port took connections
     * @param message seconds until the message was seen
     */
    private record Took(double port, double message, double cpuSeconds) {}

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.PARLEY;
    }

    @Override
    public void measure(Kind kind, Path folder, Timing timing, ObjDoubleConsumer<String> figures)
            throws IOException, InterruptedException {
        // Makes the database, and has the system read all files that a start reads.
        start(kind, folder);
        List<Took> all = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            all.add(start(kind, folder));
        }
        figures.accept(Figure.FIRST_MESSAGE, median(all.stream().map(Took::message)));
        figures.accept("port s", median(all.stream().map(Took::port)));
        figures.accept("CPU s", median(all.stream().map(Took::cpuSeconds)));
    }

    private static double median(Stream<Double> values) {
        return Spread.of(values.toList()).median();
    }

    private static Took start(Kind kind, Path folder) throws IOException, InterruptedException {
        try (Server server = Server.again(kind, folder)) {
            server.awaitPort();
            double port = server.age();
            postAndSee(server);
            double message = server.age();
            Took took = new Took(port, message, server.cpuSeconds());
            server.acknowledged(1);
            server.stop();
            return took;
        }
    }

    private static void postAndSee(Server server) throws IOException {
        Authors author = new Authors(1, TEXT_BYTES);
        Tally tally = new Tally();
        try (Generator generator = new Generator(server.port(), server.dialect())) {
            generator.onAcknowledged(link -> tally.acknowledgements++);
            Link link = generator.connect(1, ROOM, Role.READER).get(0);
            link.follow(new RoomStream(author, tally, ROOM_MESSAGES, ROOM_BYTES));
            link.post(author.next(0, System.nanoTime()), tally.posts++);
            generator.run(PATIENCE, "the first message was not shown", Generator.NOTHING, () -> tally.deliveries == 1);
        }
    }
}
