package io.parley.bench;

import io.parley.bench.Talk.Shape;
import java.util.ArrayList;
import java.util.List;

/** What is measured, in order: saturated first, so that whoever compiles while running has done so when rates are held. Stateless. */
final class Workloads {
    private static final int TEXT_BYTES = 128;
    private static final int LONG_TEXT_BYTES = 2_000;

    private static final int STARTS = 3;

    static final String START = "start";
    static final String IDLE = "idle-5000";
    static final String FULL = "fanout-1000x1-full";
    static final String FEW = "fanout-1000x1-40";
    static final String MANY = "fanout-1000x1-200";
    static final String LATENCY = "latency-100";
    static final String STALLED = "stalled-1-of-100";
    static final String APPENDS = "appends-1000";
    static final String STORE = "store-5m";

    private Workloads() {}

    static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        all.add(new Start(
                START,
                "`java -jar` over a database that is there, until the first message is seen; the server has both cores",
                STARTS));
        all.add(new IdleConnections(IDLE, "5,000 connections in one room, nothing is said: memory for each", 5_000));
        all.add(new Connecting(
                "connect-2000", "2,000 connections come, 64 at a time, until each is in the room", 2_000));
        for (int readers : List.of(1_000, 100)) {
            for (int authors : List.of(1, 20)) {
                for (int rate : List.of(0, 40, 200)) {
                    all.add(fanOut(readers, authors, rate));
                }
            }
        }
        all.add(new FanOut(
                "rooms-1000x5",
                "1,000 rooms of 5, all of whom post, 256 posts in flight",
                new Shape(1_000, 5, 5, TEXT_BYTES),
                0,
                false));
        all.add(new FanOut(
                LATENCY,
                "100 readers, 50 posts a second, until all have seen a post",
                new Shape(1, 100, 1, TEXT_BYTES),
                50,
                true));
        all.add(new StalledReader(
                STALLED,
                "100 readers, 600 posts of 2,000 bytes a second; one of them stops reading, and a control",
                100,
                LONG_TEXT_BYTES,
                600));
        all.add(new Appends(
                APPENDS, "1,000 authors, one post outstanding each, no readers; the server has both cores", 1_000));
        all.add(
                new StoreAlone(
                        STORE,
                        "the store without a server: random keys in groups of 200, each group durable before the next; it has both cores"));
        return List.copyOf(all);
    }

    /** Whether it is part of a short round. */
    static boolean isQuick(Workload workload) {
        if (!(workload instanceof FanOut fanOut)) {
            return true;
        }
        boolean manyReaders = fanOut.shape().readers() != 100 || fanOut.wholeRoom();
        return manyReaders && fanOut.shape().authors() != 20;
    }

    private static FanOut fanOut(int readers, int authors, int rate) {
        String load = rate == 0 ? "full" : String.valueOf(rate);
        String meaning = "one room of %,d, %d %s, %s"
                .formatted(
                        readers,
                        authors,
                        authors == 1 ? "author" : "authors",
                        rate == 0 ? "256 posts in flight" : rate + " posts a second");
        return new FanOut(
                "fanout-%dx%d-%s".formatted(readers, authors, load),
                meaning,
                new Shape(1, readers, authors, TEXT_BYTES),
                rate,
                false);
    }
}
