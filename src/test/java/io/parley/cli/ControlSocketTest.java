package io.parley.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final int MOST_DESCRIPTORS = 200;
    private static final int ANSWERED = 0;
    private static final int SILENT = 3;
    private static final int ANSWER_SECONDS = 10;

    @TempDir
    Path folder;

    @Test
    void commandsAreTakenAgainWhenDescriptorsHaveRunOutAndComeFree() throws Exception {
        assumeTrue(Files.isExecutable(SHELL));
        Process starved = new ProcessBuilder(
                        SHELL.toString(),
                        "-c",
                        "ulimit -n " + MOST_DESCRIPTORS + " && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starved.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        try {
            assertTrue(starved.waitFor(60, TimeUnit.SECONDS), "it never ended");
            assertEquals(ANSWERED, starved.exitValue());
        } finally {
            starved.destroyForcibly();
        }
    }

    /** A process that opens all the files that it may while it waits for commands, and then closes them. */
    static final class Starved {
        private Starved() {}

        public static void main(String[] arguments) throws Exception {
            Path data = Path.of(arguments[0]);
            Ping ping = new Ping();
            ControlSocket.open(data, List.of(ping)).orElseThrow();
            // Every class that it needs is loaded now: that takes descriptors as well.
            ping(data);
            List<FileInputStream> hoard = hoard();
            // One for the caller. The socket has one for the called, or none; at the latest it finds none to wait with
            // for
            // the next, while this command lasts.
            hoard.remove(0).close();
            ping.lasts = true;
            Thread first = call(data);
            while (isWaitedFor()) {
                Thread.onSpinWait();
            }
            ping.lasts = false;
            for (FileInputStream held : hoard) {
                held.close();
            }
            System.exit(isAnswered(first) && isAnswered(call(data)) ? ANSWERED : SILENT);
        }

        private static List<FileInputStream> hoard() {
            List<FileInputStream> hoard = new ArrayList<>();
            try {
                while (true) {
                    hoard.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException full) {
                return hoard;
            }
        }

        /** Whether the thread that takes commands does so: it pauses after a failure, or is gone. */
        private static boolean isWaitedFor() {
            return Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread ->
                            thread.getName().equals("parley-control") && thread.getState() == Thread.State.RUNNABLE);
        }

        private static Thread call(Path data) {
            Thread caller = new Thread(() -> {
                try {
                    ping(data);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            caller.setDaemon(true);
            caller.start();
            return caller;
        }

        private static boolean isAnswered(Thread caller) throws InterruptedException {
            caller.join(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
            return !caller.isAlive();
        }

        private static void ping(Path data) throws IOException {
            try (SocketChannel channel =
                            SocketChannel.open(UnixDomainSocketAddress.of(data.resolve(ControlSocket.NAME)));
                    PrintWriter out = new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
                out.print("ping\n");
                out.flush();
                // To its end: then the called has given back its descriptor.
                if (!Wire.OK.equals(in.readLine()) || in.read() >= 0) {
                    System.exit(1);
                }
            }
        }
    }

    /** Confined to one command at a time. */
    private static final class Ping implements ServerCommand {
        /** Whether it is done only when the next command was waited for in vain. */
        private volatile boolean lasts;

        @Override
        public String name() {
            return "ping";
        }

        @Override
        public void run(List<String> arguments, Consumer<String> out) {
            while (lasts && Starved.isWaitedFor()) {
                Thread.onSpinWait();
            }
        }
    }
}
