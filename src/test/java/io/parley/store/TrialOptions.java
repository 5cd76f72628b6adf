package io.parley.store;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a trial varies. Immutable. */
record TrialOptions(Map<String, String> values) {
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("rows", "5000000"),
            Map.entry("group", "200"),
            Map.entry("rooms", "20"),
            Map.entry("authors", "1000"),
            Map.entry("text", "128"),
            Map.entry("seed", "1"),
            Map.entry("folder", System.getProperty("java.io.tmpdir")),
            Map.entry("layout", "heap"),
            Map.entry("keys", "unique"),
            Map.entry("lookups", "50"),
            Map.entry("page", "2048"),
            Map.entry("cacheMiB", "16"),
            Map.entry("mmapMiB", "0"),
            Map.entry("stepMiB", "64"),
            Map.entry("walMiB", "256"),
            Map.entry("synchronous", "FULL"),
            Map.entry("secureDelete", "ON"));

    private static final Set<String> LAYOUTS = Set.of("heap", "clustered", "packed");
    private static final Set<String> KEYS = Set.of("unique", "none");

    TrialOptions {
        values = Map.copyOf(values);
        if (!DEFAULTS.keySet().containsAll(values.keySet())) {
            throw new IllegalArgumentException("may be set: " + DEFAULTS);
        }
    }

    static TrialOptions parse(String... arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            values.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        TrialOptions options = new TrialOptions(values);
        if (!LAYOUTS.contains(options.layout())) {
            throw new IllegalArgumentException("layout is one of " + LAYOUTS);
        }
        if (!KEYS.contains(options.value("keys"))) {
            throw new IllegalArgumentException("keys is one of " + KEYS);
        }
        return options;
    }

    int rows() {
        return number("rows");
    }

    int group() {
        return number("group");
    }

    int rooms() {
        return number("rooms");
    }

    int authors() {
        return number("authors");
    }

    int textLength() {
        return number("text");
    }

    long seed() {
        return Long.parseLong(value("seed"));
    }

    String folder() {
        return value("folder");
    }

    /** {@code heap}: rows as they come; {@code clustered}: WITHOUT ROWID; {@code packed}: room and seq in one integer key. */
    String layout() {
        return value("layout");
    }

    /** Whether keys are looked up and indexed with every row; without, it shows what all else costs. */
    boolean keysIndexed() {
        return value("keys").equals("unique");
    }

    /** How many keys one statement looks up. */
    int lookups() {
        return number("lookups");
    }

    int pageBytes() {
        return number("page");
    }

    /** How much the log grows between two passive checkpoints. */
    long stepBytes() {
        return (long) number("stepMiB") << 20;
    }

    /** From when on the log is begun anew. */
    long walBytes() {
        return (long) number("walMiB") << 20;
    }

    /** In the order in which they must be set. */
    Map<String, Object> pragmas() {
        Map<String, Object> pragmas = new LinkedHashMap<>();
        pragmas.put("page_size", pageBytes());
        pragmas.put("journal_mode", "WAL");
        pragmas.put("synchronous", value("synchronous"));
        pragmas.put("secure_delete", value("secureDelete"));
        pragmas.put("wal_autocheckpoint", 0);
        pragmas.put("cache_size", -1024 * number("cacheMiB"));
        pragmas.put("mmap_size", (long) number("mmapMiB") << 20);
        return pragmas;
    }

    @Override
    public String toString() {
        return Arrays.toString(DEFAULTS.keySet().stream()
                .sorted()
                .map(name -> name + "=" + value(name))
                .toArray());
    }

    private int number(String name) {
        return Integer.parseInt(value(name));
    }

    private String value(String name) {
        return values.getOrDefault(name, DEFAULTS.getOrDefault(name, ""));
    }
}
