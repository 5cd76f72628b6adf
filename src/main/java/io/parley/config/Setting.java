package io.parley.config;

import java.util.Locale;

/**
 * One thing that an operator may set. Immutable.
 *
 * @param name such as {@code parley.limits.textLength}
 * @param preset what holds when nothing is set, as it would be written
 * @param meaning one sentence, without a full stop
 */
public record Setting<T>(String name, Kind<T> kind, String preset, String meaning) {

    /** The name in the environment: dots and the beginnings of words become underscores, {@code PARLEY_LIMITS_TEXT_LENGTH}. */
    public String variable() {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
