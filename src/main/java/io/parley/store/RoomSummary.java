package io.parley.store;

import io.parley.room.RoomName;
import java.time.Instant;

/**
 * A room as an operator sees it, private ones included. Immutable.
 *
 * @param kept entries that are still there
 */
public record RoomSummary(RoomName name, String kind, long head, long kept, long messages, Instant touched) {}
