package io.parley.config;

import java.nio.file.Path;
import java.util.Map;

/** Settings for a server in a test's own process, read as those of any other. Stateless. */
public final class GivenSettings {
    private GivenSettings() {}

    /**
     * Reads and checks them.
     *
     * @param settings by their full names; the others have their presets, whatever this process is set to
     */
    public static Settings of(Map<String, String> settings, Path data) {
        return new SettingsLoader(settings, Map.of(), name -> null, data).load();
    }
}
