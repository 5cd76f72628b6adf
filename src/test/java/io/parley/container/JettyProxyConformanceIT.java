package io.parley.container;

import io.parley.conformance.ProxyConformance;
import io.parley.conformance.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Behind a proxy, the packaged WAR in Jetty. */
@Tag("jetty")
class JettyProxyConformanceIT implements ProxyConformance {
    @RegisterExtension
    static final JettyServer JETTY = new JettyServer(BEHIND);

    private final Server server = new Server(JETTY.address());

    @Override
    public Server server() {
        return server;
    }
}
