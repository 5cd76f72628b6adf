package io.parley.container;

import io.parley.conformance.CatchUpConformance;
import io.parley.conformance.ChatConformance;
import io.parley.conformance.CommandConformance;
import io.parley.conformance.EntryConformance;
import io.parley.conformance.FrameConformance;
import io.parley.conformance.HandshakeConformance;
import io.parley.conformance.HistoryConformance;
import io.parley.conformance.JoinConformance;
import io.parley.conformance.PostConformance;
import io.parley.conformance.PresenceConformance;
import io.parley.conformance.RoomConformance;
import io.parley.conformance.Server;
import io.parley.conformance.SignalConformance;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;

/** The suite on the packaged WAR in Tomcat. */
@ArquillianTest
@RunAsClient
class TomcatConformanceIT
        implements HandshakeConformance,
                FrameConformance,
                CommandConformance,
                PostConformance,
                JoinConformance,
                HistoryConformance,
                CatchUpConformance,
                RoomConformance,
                PresenceConformance,
                SignalConformance,
                ChatConformance,
                EntryConformance {
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
}
