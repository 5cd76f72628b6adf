package io.parley.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The servers that are compared, and how each is started. */
enum Kind {
    PARLEY("parley"),
    PARLEY_TOMCAT("parley-tomcat"),
    /** Only for what an idle connection costs. */
    EMPTY("empty-endpoint"),
    WS("ws"),
    SOCKET_IO("socket.io"),
    GORILLA("gorilla"),
    GORILLA_JOINING("gorilla-joining");

    /** What Parley's own limits are raised to: all readers come from one address, and few people post all there is to post. */
    static final Map<String, String> RAISED = Map.of(
            "PARLEY_LIMITS_POSTS_PER_SECOND", "100000",
            "PARLEY_LIMITS_POSTS_BURST", "100000",
            "PARLEY_LIMITS_PENDING", "1000",
            "PARLEY_LIMITS_CONNECTIONS_PER_ADDRESS", "20000");

    /** Tests and what they try, with all libraries. */
    static final String CLASS_PATH = "target/test-classes:target/classes:target/bench/war/WEB-INF/lib/*:"
            + "target/bench/war/WEB-INF/lib-provided/*";

    /** One of those that the build lays out for the tests. */
    static final Path TOMCAT = Path.of("target/tomcat/1");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static Kind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server \"" + label + "\"; there are "
                        + Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(", "))));
    }

    boolean isParley() {
        return this == PARLEY || this == PARLEY_TOMCAT;
    }

    /** Whether the server runs in the container that Parley brings along, and reads its settings. */
    boolean isEmbedded() {
        return this == PARLEY || this == EMPTY;
    }

    boolean isJava() {
        return isParley() || this == EMPTY;
    }

    /** Full load before the first measurement under load, for the sake of who compiles while running. */
    Duration burnIn() {
        return switch (this) {
            case PARLEY, PARLEY_TOMCAT, EMPTY -> Duration.ofSeconds(20);
            case WS, SOCKET_IO -> Duration.ofSeconds(10);
            case GORILLA, GORILLA_JOINING -> Duration.ZERO;
        };
    }

    Dialect dialect() {
        return switch (this) {
            case PARLEY, PARLEY_TOMCAT -> new SuperchatDialect();
            case SOCKET_IO -> new SocketIoDialect();
            case EMPTY, WS, GORILLA, GORILLA_JOINING -> new PlainDialect();
        };
    }

    /** @param folder the server's own, for this run */
    List<String> command(int port, Path folder) {
        String number = String.valueOf(port);
        return switch (this) {
            case PARLEY -> java("-jar", "target/parley.war");
            case PARLEY_TOMCAT -> tomcat(folder, number);
            case EMPTY -> java("-cp", CLASS_PATH, EmptyEndpoint.class.getName());
            case WS -> List.of("node", "bench/peers/ws-hub.js", number);
            case SOCKET_IO -> List.of("node", "bench/peers/socketio-hub.js", number);
            case GORILLA -> List.of("target/bench/gorilla", number);
            case GORILLA_JOINING -> List.of("target/bench/gorilla", number, "joining");
        };
    }

    private static List<String> tomcat(Path folder, String port) {
        Path home = TOMCAT.toAbsolutePath();
        return java(
                "-cp",
                home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
                "-Dtomcat.port=" + port,
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + folder.toAbsolutePath(),
                "-Djava.io.tmpdir=" + folder.resolve("temp").toAbsolutePath(),
                "org.apache.catalina.startup.Bootstrap",
                "start");
    }

    /** The JVM that runs this, with these arguments. */
    static List<String> java(String... more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(more));
        return command;
    }
}
