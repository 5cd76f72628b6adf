package io.parley.container;

import io.parley.conformance.EventLimitConformance;
import io.parley.conformance.LimitConformance;
import io.parley.conformance.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The limits on the packaged WAR in Open Liberty. */
@Tag("liberty")
class LibertyLimitConformanceIT implements LimitConformance, EventLimitConformance {
    @RegisterExtension
    static final LibertyServer LIBERTY = new LibertyServer(LIMITS);

    private final Server server = new Server(LIBERTY.address());

    @Override
    public Server server() {
        return server;
    }
}
