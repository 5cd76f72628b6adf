package io.parley;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.embedded.Occupancy;

/** What the embedded server tells of itself in {@code /metrics}. Stateless. */
final class EmbeddedMeters {
    private EmbeddedMeters() {}

    static void bind(Occupancy server, MeterRegistry meters) {
        Gauge.builder("parley.http.connections", server, Occupancy::httpConnections)
                .description("connections to the embedded server that are no WebSockets")
                .register(meters);
        FunctionCounter.builder("parley.http.connections.refused", server, Occupancy::refusedConnections)
                .description("connections that the embedded server cut off, since there were too many")
                .register(meters);
        Gauge.builder("parley.http.body.bytes", server, Occupancy::bodyBytes)
                .description("memory taken by bodies that are not whole yet")
                .register(meters);
        FunctionCounter.builder("parley.http.bodies.refused", server, Occupancy::refusedBodies)
                .description("bodies that the embedded server refused for want of that memory")
                .register(meters);
    }
}
