package io.parley.store;

import io.parley.config.StartFailure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to this version's schema. Stateless.
 *
 * <p>The files are listed here instead of being found on the class path: how to look into a WAR is another matter in each container.
 */
final class Migrations {
    static final List<String> FILES =
            List.of("V1__rooms_entries_users.sql", "V2__passes.sql", "V3__outgoing_hooks.sql");

    private Migrations() {}

    /**
     * Migrates. Blocks.
     *
     * @throws StartFailure when the database is a newer Parley's, or not ours
     */
    static void run(DataSource source, Path file) {
        try {
            Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .loggers(MigrationLog.class.getName())
                    .dataSource(source)
                    .resourceProvider(new Listed())
                    .javaMigrationClassProvider(List::of)
                    .ignoreMigrationPatterns(new String[0])
                    .load();
            if (Arrays.stream(flyway.info().applied()).anyMatch(Migrations::isNewer)) {
                throw new StartFailure(file + " was written by a newer Parley; start that one, or restore a backup");
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StartFailure(file + " cannot be brought to this version's form: " + e.getMessage(), e);
        }
    }

    private static boolean isNewer(MigrationInfo applied) {
        return applied.getState() == MigrationState.FUTURE_SUCCESS
                || applied.getState() == MigrationState.FUTURE_FAILED;
    }

    private static final class Listed implements ResourceProvider {
        @Override
        public @Nullable LoadableResource getResource(String name) {
            return FILES.contains(name) ? new MigrationFile(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return FILES.stream()
                    .filter(name ->
                            name.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(name::endsWith))
                    .<LoadableResource>map(MigrationFile::new)
                    .toList();
        }
    }
}
