package io.parley.bench;

import io.parley.bench.Dialect.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One server that runs, as a process of its own, on the first core unless it may use all. Confined to the generator's thread, but for {@link #close}. */
final class Server implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 20;
    private static final long READY_POLL_NANOS = 20_000_000;
    private static final long PORT_POLL_NANOS = 2_000_000;
    private static final double NANOS = 1e9;

    private final Kind kind;
    private final boolean everyCore;
    private final int port;
    private final Path folder;
    private final Dialect dialect;
    private final long begun;
    private final Process process;
    private long acknowledged;
    private int rooms;

    private Server(Kind kind, Path folder, boolean everyCore) throws IOException {
        this.kind = kind;
        this.everyCore = everyCore;
        this.folder = folder;
        this.dialect = kind.dialect();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        if (kind == Kind.PARLEY_TOMCAT) {
            prepareTomcat();
        }
        this.acknowledged = Files.exists(database()) ? rows() : 0;
        this.begun = System.nanoTime();
        this.process = start();
    }

    /**
     * Starts it in a folder of its own and waits until it takes connections.
     *
     * @param everyCore whether it may use the generator's core too
     */
    static Server fresh(Kind kind, Path folder, boolean everyCore) throws IOException {
        Folders.delete(folder);
        Files.createDirectories(folder);
        Server server = new Server(kind, folder, everyCore);
        try {
            server.await(Server::isReady, READY_POLL_NANOS);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Starts it with every core and what an earlier one has left in the folder, if there was one; waits for nothing. */
    static Server again(Kind kind, Path folder) throws IOException {
        Files.createDirectories(folder);
        return new Server(kind, folder, true);
    }

    /** Waits until its port takes connections. */
    void awaitPort() throws IOException {
        await(Server::takesConnections, PORT_POLL_NANOS);
    }

    /** Seconds since it was told to start. */
    double age() {
        return (System.nanoTime() - begun) / NANOS;
    }

    Kind kind() {
        return kind;
    }

    int port() {
        return port;
    }

    Dialect dialect() {
        return dialect;
    }

    double cpuSeconds() throws IOException {
        return ProcessFigures.cpuSeconds(process.pid());
    }

    long residentKib() throws IOException {
        return ProcessFigures.residentKib(process.pid());
    }

    long heapKib() throws IOException {
        return ProcessFigures.heapKib(process.pid());
    }

    double liveKib() throws IOException {
        return ProcessFigures.liveKib(process.pid());
    }

    /** A room that nobody has used. */
    String freshRoom(Generator generator) throws IOException {
        String room = "bench-" + rooms++;
        if (kind.isParley()) {
            generator.connect(1, room, Role.OPENER).forEach(Link::close);
        }
        return room;
    }

    /** So many posts were answered with {@code ok}. */
    void acknowledged(long posts) {
        acknowledged += posts;
    }

    /**
     * Ends it, as an operator would, and counts what it has kept.
     *
     * @return messages in the store, or -1 where there is none
     * @throws Broken when there are not as many as were acknowledged
     */
    long stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new Broken(kind.label() + " does not stop");
        }
        long kept = kind.isParley() ? rows() : -1;
        if (kept >= 0 && kept != acknowledged) {
            throw new Broken("%d posts were acknowledged and %d are in the store".formatted(acknowledged, kept));
        }
        return kept;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(Cores.ofServer(everyCore));
        command.addAll(kind.command(port, folder));
        Path log = Path.of("target/bench", kind.label() + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
        if (kind.isJava()) {
            builder.environment().putAll(Kind.RAISED);
            builder.environment()
                    .put("PARLEY_DATA", folder.resolve("data").toAbsolutePath().toString());
        }
        if (kind.isEmbedded()) {
            builder.environment().put("PARLEY_PORT", String.valueOf(port));
        }
        return builder.start();
    }

    private void prepareTomcat() throws IOException {
        Path home = Kind.TOMCAT;
        for (String name : List.of("conf", "webapps", "temp", "logs", "work")) {
            Files.createDirectories(folder.resolve(name));
        }
        try (Stream<Path> conf = Files.list(home.resolve("conf"))) {
            for (Path file : conf.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file, folder.resolve("conf").resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(Path.of("target/parley.war"), folder.resolve("webapps/ROOT.war"));
    }

    private void await(Predicate<Server> state, long pollNanos) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!state.test(this)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new Broken(
                        "%s does not start; target/bench/%s.log says why".formatted(kind.label(), kind.label()));
            }
            LockSupport.parkNanos(pollNanos);
        }
    }

    private boolean isReady() {
        if (!takesConnections()) {
            return false;
        }
        if (!kind.isParley()) {
            return true;
        }
        URI health = URI.create("http://localhost:" + port + "/health/ready");
        try {
            return HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new Broken("interrupted", e);
        }
    }

    private boolean takesConnections() {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Path database() {
        return folder.resolve("data/parley.db");
    }

    private long rows() {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from entry where kind = 1")) {
            return found.getLong(1);
        } catch (SQLException e) {
            throw new Broken("cannot count the rows", e);
        }
    }
}
