package io.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OneLineFormatterTest {

    @Test
    void whatIsLoggedIsOneLineWhateverItSays() {
        String line = format("hello\n2026-01-01T00:00:00.000Z SEVERE Store: forged\u2028\u202eand turned", null);

        assertEquals(1, line.lines().count(), line);
        assertTrue(line.contains(" WARNING Store: hello\uFFFD2026"), line);
        assertTrue(line.endsWith("forged\uFFFD\uFFFDand turned" + System.lineSeparator()), line);
    }

    @Test
    void anExceptionIsOnTheSameLineWithItsCauses() {
        Exception thrown = new IllegalStateException("outer\nforged", new IllegalArgumentException("inner"));

        String line = format("failed", thrown);

        assertEquals(1, line.lines().count(), line);
        assertTrue(line.contains("failed | java.lang.IllegalStateException: outer\uFFFDforged at "), line);
        assertTrue(line.contains(" | java.lang.IllegalArgumentException: inner at "), line);
        assertTrue(line.contains("OneLineFormatterTest.java"), line);
    }

    @Test
    void timesAreInMillisecondsWithTheirOffset() {
        assertTrue(format("x", null)
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.120(Z|[+-]\\d\\d:\\d\\d) .*\\R"));
    }

    private static String format(String message, @Nullable Throwable thrown) {
        LogRecord event = new LogRecord(Level.WARNING, message);
        event.setLoggerName("io.parley.store.Store");
        event.setInstant(Instant.parse("2026-11-21T10:00:00.120Z"));
        event.setThrown(thrown);
        return new OneLineFormatter().format(event);
    }
}
