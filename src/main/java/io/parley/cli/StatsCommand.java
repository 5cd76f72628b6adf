package io.parley.cli;

import io.parley.store.SqliteStore;
import io.parley.store.Totals;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code stats}. Thread-safe. */
public final class StatsCommand implements ServerCommand {
    static final Usage USAGE = new Usage("stats", List.of(), "says how the server is", """
                    Says how the server is: whether it is ready, who is here, what is kept, and how much of disk and memory that takes.
                    One line each, a name and a value. /metrics has more, for Prometheus.""");

    private final SqliteStore store;
    private final Supplier<Map<String, Object>> services;

    /** @param services what the services say of themselves, in the order in which it is shown */
    public StatsCommand(SqliteStore store, Supplier<Map<String, Object>> services) {
        this.store = store;
        this.services = services;
    }

    @Override
    public String name() {
        return USAGE.name();
    }

    @Override
    public void run(List<String> arguments, Consumer<String> out) {
        Map<String, Object> stats = new LinkedHashMap<>(services.get());
        Totals totals = store.totals();
        stats.put("rooms", totals.rooms());
        stats.put("entries", totals.entries());
        stats.put("messages", totals.messages());
        stats.put("users", totals.users());
        stats.put("sessions", totals.sessions());
        stats.put("database-bytes", store.databaseBytes());
        stats.put("log-bytes", store.logBytes());
        Runtime runtime = Runtime.getRuntime();
        stats.put("heap-bytes", runtime.totalMemory() - runtime.freeMemory());
        stats.put("heap-most-bytes", runtime.maxMemory());
        stats.put("process", ProcessHandle.current().pid());
        stats.put("up", Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
        stats.forEach((name, value) -> out.accept("%-16s %s".formatted(name, value)));
    }
}
