package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that knows nothing of Parley, under way: what it prints, what it is told, how it ends. Thread-safe. */
final class StockClient implements AutoCloseable {
    private final List<String> lines = new ArrayList<>();
    private final String name;
    private final Path errors;
    private final Process process;
    private final Thread thread = new Thread(this::read, "client-output");

    /** @param folder where its complaints are kept */
    StockClient(Path folder, String name, List<String> command) throws IOException {
        this.name = name;
        errors = Files.createTempFile(folder, "errors", ".txt");
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until it has printed as many lines. */
    synchronized void await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Client.PATIENCE_SECONDS);
        while (lines.size() < count && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        assertTrue(
                lines.size() >= count, () -> "%s has only %d of %d: %s".formatted(name, lines.size(), count, said()));
    }

    /** Gives it a line to read. */
    void tell(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).write(line + "\n");
        process.outputWriter(StandardCharsets.UTF_8).flush();
    }

    /** All that it printed, once it is done. */
    List<String> finish() throws InterruptedException {
        boolean ended = process.waitFor(Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertTrue(ended, () -> "%s does not end: %s".formatted(name, said()));
        assertEquals(0, process.exitValue(), () -> "%s: %s".formatted(name, said()));
        thread.join(TimeUnit.SECONDS.toMillis(Client.PATIENCE_SECONDS));
        synchronized (this) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private String said() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                synchronized (this) {
                    lines.add(line);
                    notifyAll();
                }
            }
        } catch (IOException ended) {
            // With the process, so does its output.
        }
    }
}
