package io.parley.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;

/** Counts answers by the first figure of their status. Thread-safe. */
public final class AnswerMeter {
    private static final int CLASSES = 5;
    private static final int CLASS = 100;

    private final List<Counter> classes = new ArrayList<>();

    public AnswerMeter(MeterRegistry meters) {
        for (int first = 1; first <= CLASSES; first++) {
            classes.add(Counter.builder("parley.api.answers")
                    .description("answers of the HTTP doors, by the first figure of their status")
                    .tag("status", first + "xx")
                    .register(meters));
        }
    }

    void answered(int status) {
        classes.get(Math.min(CLASSES, Math.max(1, status / CLASS)) - 1).increment();
    }
}
