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
 * A container for the tests of one class, as its users start it, with {@code target/parley.war} in the folder where it looks for applications:
 * for those for which Arquillian has no adapter, or one that proves little. Confined to one thread.
 */
abstract class ContainerProcess implements BeforeAllCallback, AfterAllCallback {
    private static final int PATIENCE_SECONDS = 90;

    private final Path home;
    private final Map<String, String> settings;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private Path base;
    private int port;
    private @Nullable Process process;

    /** @param name as in {@code test.NAME.home} */
    ContainerProcess(String name, Map<String, String> settings) {
        this.home = PackagedWar.home(name);
        this.base = home;
        this.settings = settings;
    }

    /** Lays out a folder for a server that listens on a port of the loopback address. */
    abstract void prepare(Path base, int port) throws IOException, InterruptedException;

    /** Starts it; {@link #java} knows how. */
    abstract ProcessBuilder command(Path base, int port);

    /** Where it looks for applications, below its folder. */
    abstract String applications();

    /** What it says when it is up, the application with it. */
    abstract String started();

    /** Takes the application away, as an operator would. */
    abstract void takeAway(Path base) throws IOException;

    /** What it says when the application has stopped. */
    abstract String undeployed();

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/parley/");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        base = Files.createTempDirectory(home.toAbsolutePath().getParent(), "base");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PackagedWar.settings(data(), settings);
        prepare(base, port);
        deploy();
        Process running = command(base, port).redirectErrorStream(true).start();
        process = running;
        Thread reader = new Thread(() -> read(running.inputReader(StandardCharsets.UTF_8)), "container-output");
        reader.setDaemon(true);
        reader.start();
        await(started());
    }

    /** As an operator would: by SIGTERM. */
    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Process running = running();
        running.destroy();
        if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new AssertionError("it goes on after SIGTERM");
        }
    }

    /** Ends the application alone; returns when it has stopped. */
    void undeploy() throws IOException, InterruptedException {
        takeAway(base);
        await(undeployed());
    }

    /** What {@code jcmd} says of the process. */
    String jcmd(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(running().pid())));
        words.addAll(List.of(command));
        return run(new ProcessBuilder(words));
    }

    Path home() {
        return home;
    }

    /** Java with Parley's settings and these arguments. */
    ProcessBuilder java(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-Dparley.data=" + data(),
                "-Dparley.guests=true"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    /** Runs something to its end, which must be a good one; gives what it said. */
    static String run(ProcessBuilder command) throws IOException, InterruptedException {
        Process asked = command.redirectErrorStream(true).start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new AssertionError(answer);
        }
        return answer;
    }

    private void deploy() throws IOException {
        Path folder = Files.createDirectories(base.resolve(applications()));
        Files.copy(PackagedWar.file(), folder.resolve("parley.war"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path data() {
        return base.resolve("parley-data");
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
