package io.parley.container;

import io.parley.conformance.QuietConformance;
import io.parley.conformance.Server;
import io.parley.conformance.Suite;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The suite on the packaged WAR in Jetty. */
@Tag("jetty")
class JettyConformanceIT implements Suite, QuietConformance {
    @RegisterExtension
    static final JettyServer JETTY = new JettyServer(SETTINGS);

    private final Server server = new Server(JETTY.address());

    @Override
    public Server server() {
        return server;
    }
}
