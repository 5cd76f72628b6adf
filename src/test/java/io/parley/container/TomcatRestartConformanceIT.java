package io.parley.container;

import io.parley.conformance.RestartConformance;
import io.parley.conformance.Server;
import java.io.IOException;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/** Stopping and starting again the packaged WAR in Tomcat, which goes on meanwhile. */
@Tag("tomcat")
@ArquillianTest
@RunAsClient
class TomcatRestartConformanceIT implements RestartConformance {
    @ArquillianResource
    private URI context;

    private @Nullable Server server;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TomcatWar.with(SETTINGS);
    }

    @Override
    public Server server() {
        Server known = server;
        if (known == null) {
            known = new Server(context);
            server = known;
        }
        return known;
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        TomcatWar.manage(context, "stop");
    }

    @Override
    public void start() throws IOException, InterruptedException {
        TomcatWar.manage(context, "start");
    }
}
