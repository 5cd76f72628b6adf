package io.parley.container;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.crash.Client;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left when the application is taken out of a Jetty that goes on. */
@Tag("jetty")
class JettyUndeployIT {
    @RegisterExtension
    static final JettyServer JETTY = new JettyServer(Map.of());

    @Test
    void undeployingTellsClientsAndLeavesNoThreadBehind() throws Exception {
        try (Client client =
                Client.connect(URI.create(JETTY.address().toString().replaceFirst("http", "ws") + "chat"))) {
            client.ok("join", Map.of("room", "lobby"));
            assertTrue(JETTY.jcmd("Thread.print").contains("\"parley-"), "it runs");
            JETTY.undeploy();
            assertTrue(client.ended().get(10, TimeUnit.SECONDS) == 1001, "the client is told");
        }
        assertFalse(JETTY.jcmd("Thread.print").contains("\"parley-"), "threads are left");
    }
}
