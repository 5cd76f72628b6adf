package io.parley.container;

import io.parley.conformance.ProxyConformance;
import io.parley.conformance.Server;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/** Behind a proxy, the packaged WAR in Tomcat. */
@Tag("tomcat")
@ArquillianTest
@RunAsClient
class TomcatProxyConformanceIT implements ProxyConformance {
    @ArquillianResource
    private URI context;

    private @Nullable Server server;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TomcatWar.with(BEHIND);
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
}
