package io.parley;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line for each record, whatever it says: nobody can forge another.
 *
 * <p>Time with offset, level, class, message; for an exception its causes and where each came from. Thread-safe.
 */
final class OneLineFormatter extends Formatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());
    private static final int FRAMES = 12;
    private static final int CAUSES = 5;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    @Override
    public String format(LogRecord event) {
        String logger = String.valueOf(event.getLoggerName());
        String line = "%s %s %s: %s%s"
                .formatted(
                        TIME.format(event.getInstant()),
                        event.getLevel().getName(),
                        logger.substring(logger.lastIndexOf('.') + 1),
                        formatMessage(event),
                        causes(event.getThrown()));
        return CONTROL.matcher(line).replaceAll("\uFFFD") + System.lineSeparator();
    }

    private static String causes(@Nullable Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable cause = thrown;
        for (int i = 0; i < CAUSES && cause != null; i++) {
            String frames = Arrays.stream(cause.getStackTrace())
                    .limit(FRAMES)
                    .map(StackTraceElement::toString)
                    .collect(Collectors.joining(" < "));
            text.append(" | ").append(cause).append(" at ").append(frames);
            cause = cause.getCause();
        }
        return text.toString();
    }
}
