package io.parley.container;

import io.parley.conformance.EventLimitConformance;
import io.parley.conformance.LimitConformance;
import io.parley.conformance.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The limits on the packaged WAR in Jetty. */
@Tag("jetty")
class JettyLimitConformanceIT implements LimitConformance, EventLimitConformance {
    @RegisterExtension
    static final JettyServer JETTY = new JettyServer(LIMITS);

    private final Server server = new Server(JETTY.address());

    @Override
    public Server server() {
        return server;
    }
}
