package io.parley;

import io.parley.cli.CommandLine;
import io.parley.config.Settings;
import io.parley.config.SettingsLoader;
import io.parley.config.StartFailure;
import io.parley.embedded.EmbeddedServer;
import io.parley.store.SqliteStore;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What {@code java -jar parley.war} runs: reads the settings, starts the embedded server, says where it is reached, and stops in order when
 * the process is told to end; or hands a command to {@link CommandLine}.
 *
 * <p>Exit code 1 means that it could not start, 2 that it was called wrongly; each with one line on standard error.
 */
public final class Launcher {

    private static final int CANNOT_START = 1;
    private static final int CALLED_WRONGLY = 2;

    /** What is left for sockets once the application has stopped. */
    private static final Duration SOCKETS = Duration.ofSeconds(2);

    /** Longest stop; what has not stopped by then is left as a crash would leave it. */
    private static final Duration STOP = Duration.ofMillis(4_500);

    private Launcher() {}

    /** Serves until the process is told to end, runs a command, or answers {@code --help} or {@code --version}. */
    public static void main(String[] arguments) throws InterruptedException {
        switch (List.of(arguments).toString()) {
            case "[]" -> serve();
            case "[--help]", "[-h]" -> System.out.print(Help.text());
            case "[--version]" -> System.out.println("Parley " + Version.current());
            default -> System.exit(run(List.of(arguments)));
        }
    }

    private static int run(List<String> words) {
        if (!CommandLine.knows(words.get(0))) {
            System.err.println(
                    new StartFailure("parley: cannot do \"" + String.join(" ", words) + "\"; --help says what it can")
                            .line());
            return CALLED_WRONGLY;
        }
        ConsoleLog.install();
        try {
            return CommandLine.run(words, SettingsLoader::data, System.out, System.err);
        } catch (StartFailure failure) {
            System.err.println("parley: " + failure.line());
            return CANNOT_START;
        }
    }

    private static void serve() throws InterruptedException {
        ConsoleLog.install();
        // While Grizzly and Tyrus are loaded: on two cores a third of a second.
        Thread warmUp = new Thread(SqliteStore::warmUp, "parley-warm-up");
        warmUp.setDaemon(true);
        warmUp.start();
        EmbeddedServer server = start();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, stopped), "parley-stop"));
        stopped.await();
    }

    private static EmbeddedServer start() {
        try {
            Settings settings = SettingsLoader.load(name -> null);
            EmbeddedServer server = EmbeddedServer.start(settings, new ParleyListener(settings));
            announce(settings, server.port(), System.out);
            return server;
        } catch (StartFailure failure) {
            System.err.println("parley: " + failure.line());
            System.exit(CANNOT_START);
            throw failure;
        } catch (RuntimeException | Error bug) {
            System.getLogger(Launcher.class.getName()).log(Level.ERROR, "Parley cannot start", bug);
            System.exit(CANNOT_START);
            throw bug;
        }
    }

    private static void announce(Settings settings, int port, PrintStream out) {
        out.println("Parley " + Version.current() + " is ready at");
        Reach.urls(settings, port).forEach(url -> out.println("  " + url));
        out.flush();
    }

    /** Stops in order, but not for ever: the process ends when this returns. */
    private static void stop(EmbeddedServer server, CountDownLatch stopped) {
        Thread inOrder = new Thread(() -> server.stop(SOCKETS), "parley-stop-in-order");
        inOrder.setDaemon(true);
        inOrder.start();
        try {
            inOrder.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopped.countDown();
    }
}
