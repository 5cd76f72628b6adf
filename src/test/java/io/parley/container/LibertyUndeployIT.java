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

/** What is left when the application is taken out of an Open Liberty that goes on. */
@Tag("liberty")
class LibertyUndeployIT {
    @RegisterExtension
    static final LibertyServer LIBERTY = new LibertyServer(Map.of());

    @Test
    void undeployingTellsClientsAndLeavesNoThreadBehind() throws Exception {
        try (Client client =
                Client.connect(URI.create(LIBERTY.address().toString().replaceFirst("http", "ws") + "chat"))) {
            client.ok("join", Map.of("room", "lobby"));
            assertTrue(LIBERTY.jcmd("Thread.print").contains("\"parley-"), "it runs");
            LIBERTY.undeploy();
            assertTrue(client.ended().get(10, TimeUnit.SECONDS) == 1001, "the client is told");
        }
        assertFalse(LIBERTY.jcmd("Thread.print").contains("\"parley-"), "threads are left");
    }
}
