package io.parley.cli;

import io.parley.presence.Presence;
import io.parley.store.RoomSummary;
import io.parley.store.SqliteStore;
import java.util.List;
import java.util.function.Consumer;

/** {@code rooms}. Thread-safe. */
public final class RoomsCommand implements ServerCommand {
    static final Usage USAGE = new Usage("rooms", List.of(), "lists all rooms", """
                    Lists all rooms, private ones included, in the order of their names: kind, number of the newest entry, entries still
                    kept, messages ever written, people who are there, when it was last written to, name.""");

    private static final int PAGE = 500;
    private static final String LINE = "%-8s %10s %10s %10s %6s  %-24s  %s";

    private final SqliteStore store;
    private final Presence presence;

    public RoomsCommand(SqliteStore store, Presence presence) {
        this.store = store;
        this.presence = presence;
    }

    @Override
    public String name() {
        return USAGE.name();
    }

    @Override
    public void run(List<String> arguments, Consumer<String> out) {
        out.accept(LINE.formatted("kind", "head", "kept", "messages", "here", "last written", "name"));
        List<RoomSummary> page = store.roomsAfter("", PAGE);
        while (!page.isEmpty()) {
            page.forEach(room -> out.accept(line(room)));
            page = store.roomsAfter(page.get(page.size() - 1).name().value(), PAGE);
        }
    }

    private String line(RoomSummary room) {
        int here = presence.in(room.name()).count();
        return LINE.formatted(
                room.kind(),
                room.head(),
                room.kept(),
                room.messages(),
                here,
                room.touched(),
                room.name().value());
    }
}
