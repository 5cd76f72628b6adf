package io.parley.access;

import io.parley.config.Limits;
import java.util.HashMap;
import java.util.Map;

/** Counts connections, in all and for each remote address. Thread-safe. */
public final class ConnectionQuota {
    private final int most;
    private final int mostPerAddress;
    private final Map<String, Integer> perAddress = new HashMap<>();
    private int all;

    public ConnectionQuota(Limits limits) {
        this.most = limits.connections();
        this.mostPerAddress = limits.connectionsPerAddress();
    }

    /** Takes one place; false when there is none. Whoever took one gives it back with {@link #release}. */
    public synchronized boolean acquire(String address) {
        int held = perAddress.getOrDefault(address, 0);
        if (all >= most || held >= mostPerAddress) {
            return false;
        }
        all++;
        perAddress.put(address, held + 1);
        return true;
    }

    public synchronized void release(String address) {
        all--;
        perAddress.computeIfPresent(address, (key, held) -> held == 1 ? null : held - 1);
    }

    /** How many places are taken. */
    public synchronized int size() {
        return all;
    }
}
