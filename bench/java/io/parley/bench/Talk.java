package io.parley.bench;

import io.parley.bench.Dialect.Role;
import io.parley.bench.Generator.Posting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Rooms full of readers, some of whom post, and the check that all of them are shown all of it. Confined to the generator's thread. */
final class Talk implements AutoCloseable {
    /** How long nothing may come, before what is missing counts as lost. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private static final Duration DRAIN = Duration.ofMinutes(3);
    private static final int MESSAGES_BEHIND = 64 * 1024;
    private static final int BYTES_BEHIND = 64 * 1024 * 1024;

    /** Small, so that their buffers fill and they are slow in earnest; the system rounds it up. */
    private static final int STALLED_RECEIVE_BYTES = 2_048;

    /**
     * Who talks. Immutable.
     *
     * @param readers in each room
     * @param authors of these, in each room
     * @param stalled more readers in each room, who stop reading at once
     */
    record Shape(int rooms, int readers, int authors, int textBytes, int stalled) {
        Shape(int rooms, int readers, int authors, int textBytes) {
            this(rooms, readers, authors, textBytes, 0);
        }
    }

    private final Server server;
    private final Generator generator;
    private final Authors authors;
    private final Tally tally = new Tally();
    private final List<Link> writers = new ArrayList<>();
    private int next;

    /** Connects everybody. */
    Talk(Server server, Shape shape) throws IOException {
        this.server = server;
        this.generator = new Generator(server.port(), server.dialect());
        this.authors = new Authors(shape.rooms() * shape.authors(), shape.textBytes());
        generator.onAcknowledged(link -> tally.acknowledgements++);
        try {
            for (int i = 0; i < shape.rooms(); i++) {
                enter(server.freshRoom(generator), shape);
            }
        } catch (IOException | RuntimeException e) {
            generator.close();
            throw e;
        }
    }

    private void enter(String room, Shape shape) throws IOException {
        RoomStream stream = new RoomStream(
                authors, tally, powerOfTwo(MESSAGES_BEHIND / shape.rooms()), BYTES_BEHIND / shape.rooms());
        List<Link> readers = generator.connect(shape.readers(), room, Role.READER);
        readers.forEach(reader -> reader.follow(stream));
        generator
                .connect(shape.stalled(), room, Role.READER, STALLED_RECEIVE_BYTES)
                .forEach(Link::stall);
        // Spread over the readers: who comes first in the server's own order is served first.
        for (int i = 0; i < shape.authors(); i++) {
            writers.add(readers.get(i * shape.readers() / shape.authors()));
        }
    }

    private static int powerOfTwo(int atMost) {
        return Math.max(64, Integer.highestOneBit(atMost));
    }

    Tally tally() {
        return tally;
    }

    void run(Duration duration, Posting posting) throws IOException {
        generator.run(duration, posting);
    }

    /** So many posts a second, each at its time; latencies count from when it was due. */
    Posting atRate(double perSecond) {
        long period = (long) (Duration.ofSeconds(1).toNanos() / perSecond);
        long[] due = {System.nanoTime()};
        return now -> {
            while (now - due[0] >= 0) {
                post(due[0]);
                due[0] += period;
            }
            return due[0];
        };
    }

    /** As many posts as keep that number of them unseen by somebody. */
    Posting inFlight(int posts) {
        return now -> {
            while (tally.inFlight() < posts) {
                post(now);
            }
            return now + Duration.ofMillis(100).toNanos();
        };
    }

    private void post(long due) throws IOException {
        int author = next;
        next = next + 1 == writers.size() ? 0 : next + 1;
        writers.get(author).post(authors.next(author, due), tally.posts++);
    }

    /**
     * Waits until everybody was shown everything, and every post was answered.
     *
     * @throws Broken when something is missing
     */
    void drain() throws IOException {
        boolean answers = server.dialect().acknowledges();
        long[] last = {tally.deliveries, System.nanoTime()};
        generator.run(
                DRAIN,
                "gap: after %d minutes somebody has still not been shown all posts".formatted(DRAIN.toMinutes()),
                Generator.NOTHING,
                () -> {
                    long now = System.nanoTime();
                    if (tally.deliveries > last[0]) {
                        last[0] = tally.deliveries;
                        last[1] = now;
                    } else if (now - last[1] > SILENCE.toNanos()) {
                        throw new Broken("gap: %,d of %,d posts were not shown to everybody, %,d were answered"
                                .formatted(tally.inFlight(), tally.posts, tally.acknowledgements));
                    }
                    return tally.inFlight() == 0 && (!answers || tally.acknowledgements == tally.posts);
                });
        server.acknowledged(tally.acknowledgements);
    }

    @Override
    public void close() throws IOException {
        generator.close();
    }
}
