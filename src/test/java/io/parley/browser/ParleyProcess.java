package io.parley.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code java -jar parley.war} on a port and a data folder of its own, which it keeps when started again. */
final class ParleyProcess implements AutoCloseable {
    private static final int STOP_SECONDS = 10;

    private final int port;
    private final Path data;
    private @Nullable Process process;

    ParleyProcess(Path data) throws IOException {
        this.data = data;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    String url() {
        return "http://localhost:" + port + "/";
    }

    /** Returns as soon as the server says where it is reached. */
    void start() throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(Arrays.asList(System.getProperty("test.jvm", "").split(" ")));
        command.removeIf(String::isBlank);
        command.addAll(List.of(
                "-Dparley.port=" + port,
                "-Dparley.data=" + data,
                "-Dparley.limits.postsPerSecond=1000",
                "-Dparley.limits.postsBurst=1000",
                "-jar",
                System.getProperty("test.war", "target/parley.war")));
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        process = started;
        awaitReady(started);
    }

    /** As an operator would stop it. */
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running " + STOP_SECONDS + " s after SIGTERM");
            }
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void awaitReady(Process started) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.contains("http://") && line.contains(":" + port)) {
                drain(output);
                return;
            }
        }
        throw new AssertionError("The server did not start:\n" + String.join("\n", said));
    }

    /** Nobody reads what it says later, but a full pipe would stop it. */
    private static void drain(BufferedReader output) {
        Thread drain = new Thread(
                () -> {
                    try {
                        output.transferTo(java.io.Writer.nullWriter());
                    } catch (IOException ended) {
                        // With the process, so does its output.
                    }
                },
                "server-output");
        drain.setDaemon(true);
        drain.start();
    }
}
