package io.parley.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings, once, at start; what is wrong in them is said in one line.
 *
 * <p>A setting is taken from the first that has it: the system property of its name, the environment ({@link Setting#variable()}),
 * {@code parley.properties} in the data folder, a parameter of the container's context; else it has its preset. Where names can be
 * listed, one that begins like a setting and is none is an error. Immutable.
 */
public final class SettingsLoader {

    /** The system property by which a build tells where the data of a clone lies, when no setting does. */
    private static final String PRESET_DATA = "io.parley.default.data";

    private static final int MOST_SHOWN = 80;

    private final SettingsTable table = new SettingsTable();
    private final Sources sources;
    private final Path presetData;

    /**
     * @param properties system properties
     * @param environment variables of the environment
     * @param context parameters of the container's context, by name; none gives null
     * @param presetData data folder when none is set
     */
    SettingsLoader(
            Map<String, String> properties,
            Map<String, String> environment,
            Function<String, @Nullable String> context,
            Path presetData) {
        this.sources = new Sources(properties, environment, Map.of(), context);
        this.presetData = presetData;
    }

    /**
     * Reads those of this process.
     *
     * @param context parameters of the container's context, by name; none gives null
     * @throws StartFailure when a setting is unknown, ill-formed or out of range
     */
    public static Settings load(Function<String, @Nullable String> context) {
        return ofProcess(context).load();
    }

    /**
     * Reads where the data of this process lie, and nothing else.
     *
     * @throws StartFailure when the setting is ill-formed
     */
    public static Path data() {
        return ofProcess(name -> null).dataFolder();
    }

    private static SettingsLoader ofProcess(Function<String, @Nullable String> context) {
        Properties properties = System.getProperties();
        Map<String, String> strings = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), properties::getProperty));
        String presetData = properties.getProperty(PRESET_DATA);
        Path data = presetData == null ? Path.of(properties.getProperty("user.home"), ".parley") : Path.of(presetData);
        return new SettingsLoader(strings, System.getenv(), context, data);
    }

    /** @throws StartFailure when a setting is unknown, ill-formed or out of range */
    Settings load() {
        Path data = dataFolder();
        Sources all = sources.withFile(file(data.resolve(Sources.FILE)));
        all.refuseUnknown(table.all());
        return new Settings(
                value(all, SettingsTable.HOST),
                value(all, SettingsTable.PORT),
                data,
                value(all, SettingsTable.GUESTS),
                value(all, SettingsTable.ORIGINS),
                value(all, SettingsTable.HOSTS),
                value(all, SettingsTable.PROXIES),
                value(all, SettingsTable.HOOK_TARGETS),
                tls(all),
                limits(all));
    }

    private static Optional<Tls> tls(Sources all) {
        Optional<Path> certificate = value(all, SettingsTable.CERTIFICATE);
        Optional<Path> key = value(all, SettingsTable.KEY);
        Optional<Path> keystore = value(all, SettingsTable.KEYSTORE);
        if (certificate.isPresent() != key.isPresent()) {
            throw new StartFailure("parley.tls.certificate and parley.tls.key go together; only one of them is set");
        }
        if (keystore.isPresent() && key.isPresent()) {
            throw new StartFailure("parley.tls.keystore takes the place of parley.tls.certificate and parley.tls.key;"
                    + " set the one or the others");
        }
        return keystore.<Tls>map(file -> new Tls.Pkcs12(file, value(all, SettingsTable.PASSWORD)))
                .or(() -> certificate.map(file -> new Tls.Pem(file, key.orElseThrow())));
    }

    private Path dataFolder() {
        return read(sources, SettingsTable.DATA)
                .orElse(presetData.toAbsolutePath().normalize());
    }

    private Limits limits(Sources all) {
        ToIntFunction<String> of = name -> value(all, table.limit(name));
        try {
            return limits(of);
        } catch (IllegalArgumentException unrelated) {
            throw new StartFailure(
                    SettingsTable.LIMITS + unrelated.getMessage() + "; " + mentioned(unrelated, all), unrelated);
        }
    }

    private static Limits limits(ToIntFunction<String> of) {
        return new Limits(
                of.applyAsInt("textLength"),
                of.applyAsInt("frameBytes"),
                of.applyAsInt("jsonDepth"),
                of.applyAsInt("rooms"),
                of.applyAsInt("page"),
                of.applyAsInt("presenceList"),
                of.applyAsInt("receipts"),
                of.applyAsInt("postsPerSecond"),
                of.applyAsInt("postsBurst"),
                of.applyAsInt("pending"),
                of.applyAsInt("connectionsPerAddress"),
                of.applyAsInt("connections"),
                of.applyAsInt("httpConnectionsPerAddress"),
                of.applyAsInt("httpConnections"),
                of.applyAsInt("bodyBytes"),
                of.applyAsInt("queuedWrites"),
                of.applyAsInt("groupEntries"),
                of.applyAsInt("groupBytes"),
                of.applyAsInt("batchBytes"),
                of.applyAsInt("tailBytes"),
                of.applyAsInt("writeTimeoutSeconds"),
                of.applyAsInt("pingSeconds"),
                of.applyAsInt("helloSeconds"));
    }

    /** The limits that a complaint about their relation names, with their values. */
    private String mentioned(IllegalArgumentException complaint, Sources all) {
        List<String> words = List.of(String.valueOf(complaint.getMessage()).split("\\W+"));
        return table.limits().stream()
                .filter(setting -> words.contains(setting.name().substring(SettingsTable.LIMITS.length())))
                .map(setting -> setting.name() + " is " + value(all, setting) + " ("
                        + all.find(setting).map(Sources.Found::place).orElse("preset") + ")")
                .collect(Collectors.joining(", "));
    }

    private static <T> T value(Sources sources, Setting<T> setting) {
        return read(sources, setting)
                .orElseGet(() -> setting.kind().read(setting.preset()).orElseThrow());
    }

    private static <T> Optional<T> read(Sources sources, Setting<T> setting) {
        Optional<Sources.Found> found = sources.find(setting);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = setting.kind().read(found.get().text());
        if (value.isEmpty()) {
            throw new StartFailure("%s is \"%s\" (%s); it must be %s"
                    .formatted(
                            setting.name(),
                            shortened(found.get().text()),
                            found.get().place(),
                            setting.kind().allowed()));
        }
        return value;
    }

    private static Map<String, String> file(Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailure(path + " cannot be read: " + e.getMessage(), e);
        }
        if (properties.containsKey(SettingsTable.DATA.name())) {
            throw new StartFailure(
                    SettingsTable.DATA.name() + " cannot be set in " + path + ", which lies in that folder");
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), properties::getProperty));
    }

    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
