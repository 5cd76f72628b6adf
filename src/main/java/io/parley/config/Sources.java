package io.parley.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where settings are set, the first that has one winning. Immutable.
 *
 * @param properties system properties
 * @param environment variables of the environment
 * @param file what {@code parley.properties} holds
 * @param context parameters of the container's context
 */
record Sources(
        Map<String, String> properties,
        Map<String, String> environment,
        Map<String, String> file,
        Function<String, @Nullable String> context) {

    /** The file of settings in the data folder. */
    static final String FILE = "parley.properties";

    private static final String PREFIX = "parley.";
    private static final String VARIABLE_PREFIX = "PARLEY_";

    /** Variables that begin as settings do and are none: this one tells the tests where a browser is. */
    private static final Set<String> NO_SETTINGS = Set.of("PARLEY_CHROMIUM");

    /**
     * A value and where it was found. Immutable.
     *
     * @param place such as {@code PARLEY_PORT in the environment}
     */
    record Found(String text, String place) {}

    Sources {
        properties = Map.copyOf(properties);
        environment = Map.copyOf(environment);
        file = Map.copyOf(file);
    }

    Sources withFile(Map<String, String> content) {
        return new Sources(properties, environment, content, context);
    }

    Optional<Found> find(Setting<?> setting) {
        String name = setting.name();
        if (properties.containsKey(name)) {
            return found(properties.get(name), "a system property");
        }
        if (environment.containsKey(setting.variable())) {
            return found(environment.get(setting.variable()), setting.variable() + " in the environment");
        }
        if (file.containsKey(name)) {
            return found(file.get(name), FILE);
        }
        return found(context.apply(name), "a context parameter");
    }

    /** @throws StartFailure when something is set that is no setting */
    void refuseUnknown(List<Setting<?>> known) {
        Set<String> names = known.stream().map(Setting::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> variables = known.stream().map(Setting::variable).collect(Collectors.toCollection(TreeSet::new));
        for (String name : new TreeSet<>(properties.keySet())) {
            if (name.startsWith(PREFIX)) {
                refuse(name, "a system property", names);
            }
        }
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(VARIABLE_PREFIX) && !NO_SETTINGS.contains(name)) {
                refuse(name, "in the environment", variables);
            }
        }
        for (String name : new TreeSet<>(file.keySet())) {
            refuse(name, "in " + FILE, names);
        }
    }

    private static void refuse(String name, String place, Set<String> known) {
        if (!known.contains(name)) {
            String guess = Closest.to(name, known)
                    .map(close -> "did you mean " + close + "?")
                    .orElse("--help lists them all");
            throw new StartFailure("%s (%s) is no setting; %s".formatted(name, place, guess));
        }
    }

    private static Optional<Found> found(@Nullable String text, String place) {
        return Optional.ofNullable(text).map(value -> new Found(value.strip(), place));
    }
}
