package io.parley.container;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Jetty for the tests of one class, with {@code target/parley.war} in its {@code webapps}: Arquillian has no adapter for jetty-home.
 * Confined to one thread.
 */
final class JettyServer implements BeforeAllCallback, AfterAllCallback {
    private static final int PATIENCE_SECONDS = 90;
    private static final String MODULES = "--add-modules=http,ee10-deploy,ee10-websocket-jakarta,ee10-annotations";

    private final Path home = PackagedWar.home("jetty");
    private final Map<String, String> settings;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private Path base = home;
    private int port;
    private @Nullable Process process;

    JettyServer(Map<String, String> settings) {
        this.settings = settings;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/parley/");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        base = Files.createTempDirectory(home.getParent(), "jetty-base");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PackagedWar.settings(data(), settings);
        Process prepared = java(MODULES).redirectErrorStream(true).start();
        String output = new String(prepared.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (prepared.waitFor() != 0) {
            throw new AssertionError(output);
        }
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        stop();
    }

    private void start() throws IOException, InterruptedException {
        deploy();
        Process started = java(
                        "jetty.http.host=127.0.0.1",
                        "jetty.http.port=" + port,
                        // Undeployed is what is taken out of the folder.
                        "jetty.deploy.scanInterval=1")
                .redirectErrorStream(true)
                .start();
        process = started;
        Thread reader = new Thread(() -> read(started.inputReader(StandardCharsets.UTF_8)), "jetty-output");
        reader.setDaemon(true);
        reader.start();
        await("oejs.Server:main: Started");
    }

    /** As an operator would: by SIGTERM. */
    private void stop() throws InterruptedException {
        Process running = running();
        running.destroy();
        if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new AssertionError("Jetty goes on after SIGTERM");
        }
    }

    /** Puts the application where Jetty looks for it. */
    private void deploy() throws IOException {
        Files.createDirectories(base.resolve("webapps"));
        Files.copy(PackagedWar.file(), base.resolve("webapps/parley.war"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes it away again; returns when it has stopped. */
    void undeploy() throws IOException, InterruptedException {
        Files.delete(base.resolve("webapps/parley.war"));
        await("Stopped oeje10w.WebAppContext");
    }

    /** What {@code jcmd} says of the process. */
    String jcmd(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(running().pid())));
        words.addAll(List.of(command));
        Process asked = new ProcessBuilder(words).redirectErrorStream(true).start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new AssertionError(answer);
        }
        return answer;
    }

    private Path data() {
        return base.resolve("parley-data");
    }

    private ProcessBuilder java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-Dparley.data=" + data(),
                "-Dparley.guests=true",
                "-jar",
                home.resolve("start.jar").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(base.toFile());
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("it was never started");
        }
        return running;
    }

    private void read(BufferedReader output) {
        try {
            output.lines().forEach(said::add);
        } catch (UncheckedIOException ended) {
            // With the process, so does its output.
        }
    }

    private void await(String words) throws InterruptedException {
        List<String> before = new ArrayList<>();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < until) {
            String line = said.poll(1, TimeUnit.SECONDS);
            if (line != null) {
                before.add(line);
                if (line.contains(words)) {
                    return;
                }
            }
        }
        throw new AssertionError("\"" + words + "\" was never said, but\n" + String.join("\n", before));
    }
}
