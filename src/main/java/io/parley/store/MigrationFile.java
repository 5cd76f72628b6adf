package io.parley.store;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.api.resource.LoadableResource;

/** A migration on the class path, known by its name. Immutable. */
final class MigrationFile extends LoadableResource {
    private static final String FOLDER = "migrations/sqlite/";

    private final String name;

    MigrationFile(String name) {
        this.name = name;
    }

    @Override
    public Reader read() {
        InputStream in = MigrationFile.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new IllegalStateException("a migration is missing: " + name);
        }
        return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
        return "io/parley/store/" + FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
        return getAbsolutePath();
    }

    @Override
    public String getFilename() {
        return name;
    }

    @Override
    public String getRelativePath() {
        return name;
    }
}
