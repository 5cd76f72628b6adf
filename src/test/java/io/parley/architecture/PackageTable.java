package io.parley.architecture;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The packages, and what each may use: the one place to change when a package is added.
 *
 * <p>The core owns the interfaces; the spokes see the core, never each other; the root marries them. Names are relative
 * to {@code io.parley}. Immutable.
 */
final class PackageTable {
    static final String ROOT = "io.parley";

    private static final List<String> CORE = List.of("room", "identity", "access", "presence", "delivery");

    /** Known by all, and knowing nothing of chat. */
    private static final List<String> EVERYWHERE = List.of("text", "config");

    private final Map<String, Set<String>> mayUse = new LinkedHashMap<>();

    PackageTable() {
        put("text");
        put("config", "text");

        put("identity");
        put("room", "identity");
        put("access", "room", "identity");
        put("presence", "room", "identity");
        put("delivery", "room", "identity", "access", "presence");

        // What every HTTP door shares.
        put("http", "identity", "access");
        for (String subprotocol : List.of("chat", "superchat", "socketio")) {
            put("subprotocol." + subprotocol, "delivery", "room", "identity", "access", "presence");
        }
        // The port of the subprotocols is delivery's.
        for (String transport : List.of("websocket", "api", "events", "engineio")) {
            put("transport." + transport, "delivery", "room", "identity", "access", "http");
        }
        put("store", "room", "identity");
        put("cluster", "room", "presence");
        put("web", "room", "identity", "access", "presence", "http");
        put("admin", CORE);
        put("hooks", CORE, "http");
        put("embedded", "web", "transport.websocket", "transport.events", "transport.engineio");
        put("cli", CORE, "store", "admin", "hooks");
    }

    /** The packages of the table, without the root. */
    Set<String> packages() {
        return mayUse.keySet();
    }

    /** Whether a class of one package may name a class of another; a package always sees itself. */
    boolean allows(String from, String to) {
        if (from.equals(to) || from.isEmpty()) {
            return true;
        }
        return mayUse.getOrDefault(from, Set.of()).contains(to);
    }

    /** What a package may use, sorted, for messages. */
    Set<String> allowed(String from) {
        return new TreeSet<>(mayUse.getOrDefault(from, Set.of()));
    }

    /** {@code "room"} for {@code io.parley.room}, {@code ""} for the root. */
    static String relative(String packageName) {
        return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
    }

    private void put(String name, String... uses) {
        put(name, List.of(), uses);
    }

    private void put(String name, List<String> uses, String... more) {
        Set<String> all = new LinkedHashSet<>(uses);
        all.addAll(Arrays.asList(more));
        if (!EVERYWHERE.contains(name)) {
            all.addAll(EVERYWHERE);
        }
        mayUse.put(name, all);
    }
}
