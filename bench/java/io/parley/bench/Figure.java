package io.parley.bench;

/** Names of what is measured, with their units. Stateless. */
final class Figure {
    static final String CPU_PER_DELIVERY = "CPU µs/delivery";
    static final String DELIVERIES = "deliveries/s";
    static final String POSTS = "posts/s";
    static final String CPU_PER_POST = "CPU µs/post";
    static final String ROWS = "rows/s";
    static final String STORE_ROWS = "rows";
    static final String FIRST_MESSAGE = "first message s";
    static final String HEAP_PER_CONNECTION = "heap KiB/connection";
    static final String CONTROL = "control";
    static final String STALLED = "stalled";
    static final String HEAP_MORE = "heap KiB more";
    static final String P50 = "p50 ms";
    static final String P99 = "p99 ms";
    static final String P999 = "p99.9 ms";

    /** How much of its core the generator has used: near 100 the server was faster than what is shown. */
    static final String GENERATOR = "generator %";

    static final double MICROS = 1e6;
    static final double PERCENT = 100;

    private Figure() {}
}
