package io.parley.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Takes what Flyway says into our own log, where its everyday remarks are of no interest. Thread-safe. */
public final class MigrationLog implements LogCreator {
    private static final Logger LOG = System.getLogger(MigrationLog.class.getName());

    /** Called by Flyway, by the name of the class. */
    public MigrationLog() {}

    @Override
    public Log createLogger(Class<?> from) {
        return new Lines();
    }

    private static final class Lines implements Log {
        @Override
        public void debug(String message) {
            LOG.log(Level.TRACE, message);
        }

        @Override
        public void info(String message) {
            LOG.log(Level.DEBUG, message);
        }

        @Override
        public void notice(String message) {
            LOG.log(Level.DEBUG, message);
        }

        @Override
        public void warn(String message) {
            LOG.log(Level.WARNING, message);
        }

        @Override
        public void error(String message) {
            LOG.log(Level.ERROR, message);
        }

        @Override
        public void error(String message, Exception e) {
            LOG.log(Level.ERROR, message, e);
        }
    }
}
