package io.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parley as a process of its own, as whoever runs it sees it. */
final class LauncherTest {

    private static final int SIGTERM = 143;

    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void versionAndHelpAreToldAndDone() throws Exception {
        assertTrue(ended(0, run(Map.of(), "--version")).matches("Parley \\S+\\R"));
        String help = ended(0, run(Map.of(), "--help"));
        assertTrue(help.contains("parley.port, PARLEY_PORT"), help);
        assertTrue(help.contains("parley.limits.textLength, PARLEY_LIMITS_TEXT_LENGTH"), help);
    }

    @Test
    void whatItCannotDoIsOneLine() throws Exception {
        Process process = run(Map.of(), "--nonsense");

        ended(2, process);

        assertEquals(List.of("parley: cannot do \"--nonsense\"; --help says what it can"), errors());
    }

    @Test
    void aWrongSettingIsOneLine() throws Exception {
        ended(1, run(Map.of("PARLEY_PORT", "http")));

        assertEquals(
                List.of("parley: parley.port is \"http\" (PARLEY_PORT in the environment);"
                        + " it must be a whole number from 0 to 65535"),
                errors());
    }

    @Test
    void aTakenPortIsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ended(1, run(Map.of("PARLEY_PORT", Integer.toString(taken.getLocalPort()))));
        }

        assertEquals(1, errors().size(), () -> String.join("\n", errors()));
        assertTrue(errors().get(0).startsWith("parley: parley.port is "), errors().get(0));
    }

    @Test
    void aStoreThatFailsIsOneLine() throws Exception {
        Path data = folder.resolve("data");
        ParleyTest.makeAStoreThatFails(data);

        ended(1, run(Map.of("PARLEY_PORT", "0")));

        assertEquals(1, errors().size(), () -> String.join("\n", errors()));
        assertTrue(
                errors().get(0).startsWith("parley: parley.data: the store in " + data + " fails: "), errors().get(0));
    }

    @Test
    void itSaysWhereItIsReachedAnswersThereAndEndsInOrder() throws Exception {
        Process process = run(Map.of("PARLEY_PORT", "0"));
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertTrue(String.valueOf(out.readLine()).startsWith("Parley "));
        String url = String.valueOf(out.readLine()).strip();
        assertTrue(url.matches("http://localhost:\\d+/"), url);
        assertEquals(200, status(url));
        assertEquals(200, status(url + "health/live"));

        long told = System.nanoTime();
        process.destroy();

        assertTrue(process.waitFor(5, TimeUnit.SECONDS), "still running 5 s after SIGTERM");
        assertEquals(SIGTERM, process.exitValue());
        assertTrue(System.nanoTime() - told < TimeUnit.SECONDS.toNanos(5));
        assertFalse(errors().stream().anyMatch(line -> line.contains("SEVERE")), () -> String.join("\n", errors()));
    }

    private Process run(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // ArchUnit has brought SLF4J onto the class path; the file that is given away has none.
                "-Dslf4j.internal.verbosity=ERROR",
                // As the manifest of that file says: Java 24 and later warn of native code otherwise.
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
        builder.environment().put("PARLEY_DATA", folder.resolve("data").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Waits for the end, and gives what was written to standard output. */
    private static String ended(int code, Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(code, process.exitValue());
        return output;
    }

    private List<String> errors() {
        try {
            return Files.readAllLines(folder.resolve("errors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int status(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
