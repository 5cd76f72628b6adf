package io.parley;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Logging when nobody else has set it up: one line for each event, on standard error, and only what matters of the libraries.
 *
 * <p>Never installed inside a container, nor when the operator has configured {@code java.util.logging}.
 */
final class ConsoleLog {

    private static final String LEVELS = """
            handlers=java.util.logging.ConsoleHandler
            .level=INFO
            org.glassfish.level=WARNING
            org.flywaydb.level=WARNING
            """;

    private ConsoleLog() {}

    /** Must be called before anything has logged. */
    static void install() {
        if (System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null) {
            return;
        }
        if (System.getProperty("java.util.logging.manager") == null) {
            System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
        }
        LogManager manager = LogManager.getLogManager();
        try {
            manager.readConfiguration(new ByteArrayInputStream(LEVELS.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new OneLineFormatter());
        }
        if (manager instanceof LastingLogManager lasting) {
            lasting.last();
        }
    }
}
