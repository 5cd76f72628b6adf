package io.parley.container;

import io.parley.conformance.Server;
import io.parley.conformance.Suite;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The suite on the packaged WAR in Payara Micro. */
@ArquillianTest
@RunAsClient
@Tag("payara")
class PayaraConformanceIT implements Suite {
    private final Server server = new Server(PayaraWar.base());

    @Deployment(testable = false)
    static WebArchive parley() {
        return PayaraWar.with(SETTINGS);
    }

    @Override
    public Server server() {
        return server;
    }

    @Test
    @Override
    public void anUnmaskedFrameIsAProtocolError() {
        Assumptions.abort("Tyrus, Payara's WebSockets, takes frames without a mask, and no application sees a frame");
    }

    @Test
    @Override
    public void aFrameThatClaimsToBeHugeCloses1009BeforeMuchOfItHasCome() {
        Assumptions.abort("Tyrus buffers twice limits.frameBytes of a frame before it says anything");
    }
}
