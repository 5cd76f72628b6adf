package io.parley.simulation;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps the core's log from the console; an error that delivery logs is a bug that it survived, and is told. */
final class LogWatch extends Handler {
    private final Logger core = Logger.getLogger("io.parley");
    private final Schedule schedule;
    private final Thread thread = Thread.currentThread();

    LogWatch(Schedule schedule) {
        this.schedule = schedule;
        core.setUseParentHandlers(false);
        core.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        boolean mine = Thread.currentThread() == thread;
        boolean error = mine && record.getLevel().intValue() >= Level.SEVERE.intValue();
        if (error && record.getLoggerName().startsWith("io.parley.delivery")) {
            schedule.violated(record.getMessage() + ": " + record.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        core.removeHandler(this);
        if (core.getHandlers().length == 0) {
            core.setUseParentHandlers(true);
        }
    }
}
