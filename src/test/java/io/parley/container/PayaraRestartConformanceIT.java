package io.parley.container;

import io.parley.conformance.RestartConformance;
import io.parley.conformance.Server;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stopping and starting again the packaged WAR in Payara Micro: the process is told to end, and another is begun. */
@ArquillianTest
@RunAsClient
@Tag("payara")
@Tag("soak")
class PayaraRestartConformanceIT implements RestartConformance {
    private static final String PARLEY = "parley";

    private final Server server = new Server(PayaraWar.base());

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = PARLEY, managed = false, testable = false)
    static WebArchive parley() {
        return PayaraWar.with(SETTINGS);
    }

    @BeforeEach
    void isThere() {
        start();
    }

    @AfterEach
    void isGone() {
        stop();
    }

    @Test
    @Override
    public void whoIsThereIsToldWhenToComeBack() {
        Assumptions.abort("Payara Micro closes its sockets before it tells its applications that it ends");
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public void stop() {
        deployer.undeploy(PARLEY);
    }

    @Override
    public void start() {
        deployer.deploy(PARLEY);
    }
}
