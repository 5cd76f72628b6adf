package io.parley.container;

import io.parley.conformance.EventLimitConformance;
import io.parley.conformance.LimitConformance;
import io.parley.conformance.Server;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;

/** The limits on the packaged WAR in Payara Micro. */
@ArquillianTest
@RunAsClient
@Tag("payara")
@Tag("soak")
class PayaraLimitConformanceIT implements LimitConformance, EventLimitConformance {
    private final Server server = new Server(PayaraWar.base());

    @Deployment(testable = false)
    static WebArchive parley() {
        return PayaraWar.with(LIMITS);
    }

    @Override
    public Server server() {
        return server;
    }
}
