package io.parley.bench;

import io.parley.bench.Dialect.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;

/** Authors whom nobody reads, each with one post outstanding: what the store takes. Immutable. */
record Appends(String name, String meaning, int authors) implements Workload.OnServer {
    private static final int TEXT_BYTES = 128;
    // From frame to disk and back there is more to compile than for who only reads: twenty seconds are not enough.
    private static final Duration BURN_IN = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(20);

    @Override
    public boolean suits(Kind kind) {
        return kind.isParley();
    }

    /** Readers would warm up nothing of what authors need: this load is its own burn-in. */
    @Override
    public boolean wantsWarmServer() {
        return false;
    }

    @Override
    public boolean wantsEveryCore() {
        return true;
    }

    @Override
    public void measure(Server server, Timing timing, ObjDoubleConsumer<String> figures) throws IOException {
        try (Generator generator = new Generator(server.port(), server.dialect())) {
            List<Link> links = generator.connect(authors, server.freshRoom(generator), Role.AUTHOR);
            Outstanding outstanding = new Outstanding(links, TEXT_BYTES);
            generator.onAcknowledged(outstanding::answered);
            generator.run(BURN_IN.plus(timing.warmUp()), outstanding::begin);
            outstanding.tally.newWindow();
            Window window = Window.open(server);
            generator.idle(timing.window());
            Window.Used used = window.close();
            Latencies answers = outstanding.tally.acknowledged;
            long posts = answers.count();
            double p50 = answers.millis(0.5);
            double p99 = answers.millis(0.99);
            double p999 = answers.millis(0.999);
            outstanding.stop();
            Tally tally = outstanding.tally;
            generator.run(
                    DRAIN,
                    "posts that were never answered",
                    Generator.NOTHING,
                    () -> tally.acknowledgements == tally.posts);
            server.acknowledged(tally.acknowledgements);
            figures.accept(Figure.POSTS, posts / used.seconds());
            figures.accept(Figure.CPU_PER_POST, used.cpuSeconds() / posts * Figure.MICROS);
            figures.accept(Figure.P50, p50);
            figures.accept(Figure.P99, p99);
            figures.accept(Figure.P999, p999);
            figures.accept(Figure.GENERATOR, used.generatorShare() * Figure.PERCENT);
        }
    }

    /** One post of each author, and the next as soon as it is answered. Confined to the generator's thread. */
    private static final class Outstanding {
        private final Tally tally = new Tally();
        private final List<Link> links;
        private final Map<Link, Long> sent = new HashMap<>();
        private final String text;
        private boolean begun;
        private boolean stopped;

        Outstanding(List<Link> links, int textBytes) {
            this.links = links;
            this.text = "x".repeat(textBytes);
        }

        long begin(long now) throws IOException {
            if (!begun) {
                begun = true;
                for (Link link : links) {
                    post(link);
                }
            }
            return Generator.NOTHING.post(now);
        }

        void answered(Link link) {
            Long at = sent.remove(link);
            if (at == null) {
                throw new Broken("doubled: a post was answered twice");
            }
            tally.acknowledged.record(System.nanoTime() - at);
            tally.acknowledgements++;
            if (!stopped) {
                try {
                    post(link);
                } catch (IOException e) {
                    throw new Broken("cannot send", e);
                }
            }
        }

        void stop() {
            stopped = true;
        }

        private void post(Link link) throws IOException {
            sent.put(link, System.nanoTime());
            link.post(text, tally.posts++);
        }
    }
}
