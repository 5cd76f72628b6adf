package io.parley.bench;

import io.parley.bench.Generator.Posting;
import io.parley.bench.Talk.Shape;
import java.io.IOException;
import java.time.Duration;
import java.util.function.ObjDoubleConsumer;

/**
 * Posts that go to everybody in a room. Immutable.
 *
 * @param rate posts a second; 0 for as many as keep {@value #IN_FLIGHT} in flight
 * @param wholeRoom whether latencies are until all have seen a post, instead of until each has
 */
record FanOut(String name, String meaning, Shape shape, double rate, boolean wholeRoom) implements Workload.OnServer {
    static final int IN_FLIGHT = 256;

    /**
     * Works a server without measuring it, for as long as its kind needs it: at full load, and half as long with one post after the other.
     * What compiles while running has compiled for full load until then; at forty posts a second it would take minutes to learn the rest.
     */
    static void burnIn(Server server) throws IOException {
        Duration duration = server.kind().burnIn();
        if (!duration.isZero()) {
            work(server, new Shape(1, 100, 20, 128), IN_FLIGHT, duration);
            work(server, new Shape(1, 10, 10, 128), 1, duration.dividedBy(2));
        }
    }

    private static void work(Server server, Shape shape, int inFlight, Duration duration) throws IOException {
        try (Talk talk = new Talk(server, shape)) {
            talk.run(duration, talk.inFlight(inFlight));
            talk.drain();
        }
    }

    @Override
    public void measure(Server server, Timing timing, ObjDoubleConsumer<String> figures) throws IOException {
        try (Talk talk = new Talk(server, shape)) {
            Posting posting = rate > 0 ? talk.atRate(rate) : talk.inFlight(IN_FLIGHT);
            talk.run(timing.warmUp(), posting);
            Tally tally = talk.tally();
            tally.newWindow();
            long deliveries = tally.deliveries;
            Window window = Window.open(server);
            talk.run(timing.window(), posting);
            Window.Used used = window.close();
            deliveries = tally.deliveries - deliveries;
            Latencies latencies = wholeRoom ? tally.seenByAll : tally.delivered;
            double p50 = latencies.millis(0.5);
            double p99 = latencies.millis(0.99);
            double p999 = latencies.millis(0.999);
            talk.drain();
            figures.accept(Figure.CPU_PER_DELIVERY, used.cpuSeconds() / deliveries * Figure.MICROS);
            figures.accept(Figure.DELIVERIES, deliveries / used.seconds());
            figures.accept(Figure.P50, p50);
            figures.accept(Figure.P99, p99);
            figures.accept(Figure.P999, p999);
            figures.accept(Figure.GENERATOR, used.generatorShare() * Figure.PERCENT);
        }
    }
}
