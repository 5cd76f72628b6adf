package io.parley.bench;

import io.parley.bench.Generator.Posting;
import io.parley.bench.Talk.Shape;
import java.io.IOException;
import java.util.function.ObjDoubleConsumer;

/** What others notice of a reader who has stopped reading: pairs, with and without one. Immutable. */
record StalledReader(String name, String meaning, int readers, int textBytes, double rate)
        implements Workload.OnServer {
    @Override
    public boolean suits(Kind kind) {
        return kind.isParley() || kind == Kind.WS;
    }

    @Override
    public void measure(Server server, Timing timing, ObjDoubleConsumer<String> figures) throws IOException {
        for (int pair = 0; pair < timing.pairs(); pair++) {
            run(server, timing, 0, figures);
            run(server, timing, 1, figures);
        }
    }

    private void run(Server server, Timing timing, int stalled, ObjDoubleConsumer<String> figures) throws IOException {
        String which = stalled == 0 ? Figure.CONTROL : Figure.STALLED;
        boolean java = server.kind().isJava();
        double live = java ? server.liveKib() : 0;
        try (Talk talk = new Talk(server, new Shape(1, readers - stalled, 1, textBytes, stalled))) {
            Posting posting = talk.atRate(rate);
            talk.run(timing.warmUp(), posting);
            talk.tally().newWindow();
            long resident = server.residentKib();
            talk.run(timing.window(), posting);
            figures.accept(which + " " + Figure.P50, talk.tally().delivered.millis(0.5));
            figures.accept(which + " " + Figure.P99, talk.tally().delivered.millis(0.99));
            figures.accept(which + " MiB more", (server.residentKib() - resident) / 1024.0);
            talk.drain();
            if (java) {
                figures.accept(which + " " + Figure.HEAP_MORE, server.liveKib() - live);
            }
        }
    }
}
