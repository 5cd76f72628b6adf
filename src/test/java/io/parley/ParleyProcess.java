package io.parley;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar parley.war} on a port and a data folder of its own, which it keeps when started again. Confined to one thread, but for
 * {@link #kill}.
 */
public final class ParleyProcess implements AutoCloseable {
    /** How a JVM ends that was told to by SIGTERM. */
    public static final int SIGTERM = 143;

    private static final int STOP_SECONDS = 10;

    private final int port;
    private final Path data;
    private final List<String> settings;
    private final List<String> around;
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Process process;

    /** @param settings as {@code limits.page=1000}; posts are hardly limited unless they say so */
    public ParleyProcess(Path data, String... settings) throws IOException {
        this(data, List.of(), settings);
    }

    /** @param around a program, with its options, that runs the server as its child */
    public ParleyProcess(Path data, List<String> around, String... settings) throws IOException {
        this.data = data;
        this.around = List.copyOf(around);
        this.settings = List.of(settings);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    public String url() {
        return "http://localhost:" + port + "/";
    }

    public URI chat() {
        return URI.create("ws://localhost:" + port + "/chat");
    }

    /** Returns as soon as the server says where it is reached. */
    public void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
        Process started = builder.start();
        process = started;
        awaitReady(started);
    }

    /** As an operator would stop it; gives the exit code. */
    public int stop() throws InterruptedException {
        Process running = running();
        server(running).destroy();
        if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            close();
            throw new AssertionError("still running " + STOP_SECONDS + " s after SIGTERM");
        }
        return running.exitValue();
    }

    /** {@code kill -9}. From any thread. */
    public void kill() {
        server(running()).destroyForcibly();
    }

    /** Returns when the process is gone. */
    public void awaitEnd() throws InterruptedException {
        if (!running().waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + STOP_SECONDS + " s");
        }
    }

    /** A command that has ended. Immutable. */
    public record Ended(int code, List<String> out, List<String> err) {}

    /** Runs a command on the same data folder, in a process of its own, to its end. */
    public Ended run(String... words) throws IOException, InterruptedException {
        List<String> command = java();
        command.addAll(List.of("-Dparley.data=" + data, "-jar", war()));
        command.addAll(List.of(words));
        Path errors = Files.createTempFile("parley-command", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
        Process started = builder.start();
        List<String> out = started.inputReader(StandardCharsets.UTF_8).lines().toList();
        Ended ended = new Ended(started.waitFor(), out, Files.readAllLines(errors));
        Files.delete(errors);
        return ended;
    }

    /** Every line that it has written, to whichever stream. */
    public List<String> said() {
        return List.copyOf(said);
    }

    /** Whether the server runs. */
    public boolean isAlive() {
        return server(running()).isAlive();
    }

    /** The number of the server's process. */
    public long pid() {
        return server(running()).pid();
    }

    /** Whether it runs, and if so what each of its threads is doing. */
    public String state() throws IOException, InterruptedException {
        ProcessHandle server = server(running());
        if (!server.isAlive()) {
            return "the server is gone";
        }
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process dump = new ProcessBuilder(jcmd, String.valueOf(server.pid()), "Thread.print")
                .redirectErrorStream(true)
                .start();
        String threads = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return "the server runs (" + dump.waitFor() + ")\n" + threads;
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(around);
        command.addAll(java());
        command.addAll(List.of(
                "-Dparley.port=" + port,
                "-Dparley.data=" + data,
                "-Dparley.limits.postsPerSecond=1000",
                "-Dparley.limits.postsBurst=1000"));
        settings.forEach(setting -> command.add("-Dparley." + setting));
        command.addAll(List.of("-jar", war()));
        return command;
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(Arrays.asList(System.getProperty("test.jvm", "").split(" ")));
        command.removeIf(String::isBlank);
        // It lives for seconds: what matters is that it is up soon.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        return command;
    }

    private static String war() {
        return System.getProperty("test.war", "target/parley.war");
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("it was never started");
        }
        return running;
    }

    /** The server itself, which another program may be running. */
    private static ProcessHandle server(Process running) {
        return running.children().findFirst().orElse(running.toHandle());
    }

    private void awaitReady(Process started) throws IOException {
        BufferedReader output = started.inputReader(StandardCharsets.UTF_8);
        List<String> before = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            before.add(line);
            said.add(line);
            if (line.contains("http://") && line.contains(":" + port)) {
                drain(output);
                return;
            }
        }
        throw new AssertionError("The server did not start:\n" + String.join("\n", before));
    }

    /** Takes what it says later: a full pipe would stop it. */
    private void drain(BufferedReader output) {
        Thread drain = new Thread(
                () -> {
                    try {
                        output.lines().forEach(said::add);
                    } catch (UncheckedIOException ended) {
                        // With the process, so does its output.
                    }
                },
                "server-output");
        drain.setDaemon(true);
        drain.start();
    }
}
