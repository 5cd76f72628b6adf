package io.parley.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A Jetty of {@code jetty-home}, for which Arquillian has no adapter. */
final class JettyServer extends ContainerProcess {
    private static final String MODULES = "--add-modules=http,ee10-deploy,ee10-websocket-jakarta,ee10-annotations";

    JettyServer(Map<String, String> settings) {
        super("jetty", settings);
    }

    @Override
    void prepare(Path base, int port) throws IOException, InterruptedException {
        run(java(base, "-jar", starter(), MODULES));
    }

    @Override
    ProcessBuilder command(Path base, int port) {
        return java(
                base,
                "-jar",
                starter(),
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + port,
                // Undeployed is what is taken out of the folder.
                "jetty.deploy.scanInterval=1");
    }

    @Override
    String applications() {
        return "webapps";
    }

    @Override
    String started() {
        return "oejs.Server:main: Started";
    }

    @Override
    void takeAway(Path base) throws IOException {
        Files.delete(base.resolve(applications()).resolve("parley.war"));
    }

    @Override
    String undeployed() {
        return "Stopped oeje10w.WebAppContext";
    }

    private String starter() {
        return home().resolve("start.jar").toString();
    }
}
