package io.parley.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An Open Liberty of its runtime's archive, with the two features that Parley needs, and without HTTP/2, as docs/deploy.md has it: without
 * TLS it would begin that by an upgrade, as Java's own client offers it.
 */
final class LibertyServer extends ContainerProcess {
    private static final String SERVER = "servers/parley";
    private static final String CONFIGURATION = "server.xml";
    private static final String APPLICATION = "<webApplication location=\"parley.war\" contextRoot=\"/parley\"/>";

    LibertyServer(Map<String, String> settings) {
        super("liberty", settings);
    }

    @Override
    void prepare(Path base, int port) throws IOException {
        Path server = Files.createDirectories(base.resolve(SERVER));
        Files.writeString(server.resolve(CONFIGURATION), """
                <server>
                  <featureManager>
                    <feature>servlet-6.0</feature>
                    <feature>websocket-2.1</feature>
                  </featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1" protocolVersion="http/1.1"/>
                  <httpDispatcher trustedHeaderOrigin="none"/>
                  %s
                </server>
                """.formatted(port, APPLICATION));
    }

    /** The file stays: Liberty reads classes from it also when it stops the application. */
    @Override
    void takeAway(Path base) throws IOException {
        Path configuration = base.resolve(SERVER).resolve(CONFIGURATION);
        Files.writeString(configuration, Files.readString(configuration).replace(APPLICATION, ""));
    }

    @Override
    ProcessBuilder command(Path base, int port) {
        Path tools = home().toAbsolutePath().resolve("bin/tools");
        ProcessBuilder command = java(
                base,
                "-javaagent:" + tools.resolve("ws-javaagent.jar"),
                "-jar",
                tools.resolve("ws-server.jar").toString(),
                "parley");
        command.environment().put("WLP_USER_DIR", base.toString());
        return command;
    }

    @Override
    String applications() {
        return SERVER + "/apps";
    }

    @Override
    String started() {
        return "CWWKF0011I";
    }

    @Override
    String undeployed() {
        return "CWWKZ0009I";
    }
}
