package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What the server has acknowledged, entry by entry. Thread-safe. */
final class Ledger {
    private final Map<String, Logged> byKey = new ConcurrentHashMap<>();
    private volatile int mark = Integer.MAX_VALUE;
    private volatile CompletableFuture<Void> reached = new CompletableFuture<>();

    /** Notes an acknowledgement; a second one of the same key must say the same. */
    void add(Logged acknowledged) {
        Logged before = byKey.putIfAbsent(acknowledged.key(), acknowledged);
        if (before != null) {
            assertEquals(before, acknowledged, "two acknowledgements of one key");
        }
        if (size() >= mark) {
            reached.complete(null);
        }
    }

    /** Completes as soon as there are so many; the one that was asked for before may then never complete. */
    CompletableFuture<Void> when(int acknowledgements) {
        CompletableFuture<Void> fresh = new CompletableFuture<>();
        reached = fresh;
        mark = acknowledgements;
        if (size() >= acknowledgements) {
            fresh.complete(null);
        }
        return fresh;
    }

    int size() {
        return byKey.size();
    }

    /** Everything acknowledged is in the log, at its place and as it was said. */
    void holdAgainst(Map<String, LogCopy> logs) {
        for (Logged acknowledged : byKey.values()) {
            LogCopy log = logs.get(acknowledged.room());
            assertEquals(
                    acknowledged,
                    log == null ? null : log.at(acknowledged.seq()),
                    () -> "acknowledged, and now at seq " + acknowledged.seq());
        }
    }

    /** Nothing else is in the log than what was acknowledged. */
    void isAllOf(Collection<LogCopy> logs) {
        Set<String> logged = logs.stream()
                .flatMap(log -> log.entries().stream())
                .map(Logged::key)
                .collect(Collectors.toSet());
        assertEquals(byKey.keySet(), logged, "the keys in the log");
    }
}
