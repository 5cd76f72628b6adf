package io.parley.container;

import io.parley.conformance.ProxyConformance;
import io.parley.conformance.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Behind a proxy, the packaged WAR in Open Liberty. */
@Tag("liberty")
class LibertyProxyConformanceIT implements ProxyConformance {
    @RegisterExtension
    static final LibertyServer LIBERTY = new LibertyServer(BEHIND);

    private final Server server = new Server(LIBERTY.address());

    @Override
    public Server server() {
        return server;
    }
}
