package io.parley.bench;

/** What was sent, acknowledged and seen. Confined to the generator's thread. */
final class Tally {
    /** From when a post was due until one reader has seen it. */
    final Latencies delivered = new Latencies();

    /** From when a post was due until all readers have seen it. */
    final Latencies seenByAll = new Latencies();

    /** From when a post was due until the server has answered it. */
    final Latencies acknowledged = new Latencies();

    long posts;
    long deliveries;
    long complete;
    long acknowledgements;

    /** Begins to count latencies anew; what was sent, acknowledged and seen goes on. */
    void newWindow() {
        delivered.clear();
        seenByAll.clear();
        acknowledged.clear();
    }

    /** Posts that not everybody has seen yet. */
    long inFlight() {
        return posts - complete;
    }
}
