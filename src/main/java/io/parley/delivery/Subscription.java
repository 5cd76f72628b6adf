package io.parley.delivery;

import org.jspecify.annotations.Nullable;

/**
 * A cursor: one connection's place in one room. Confined to the connection's worker.
 *
 * <p>What the reader has not had yet is not kept here; it is whatever lies past {@link #cursor} in the log.
 */
final class Subscription {
    final Outbox outbox;
    final RoomReaders readers;

    /** The last entry that was put into a write. */
    long cursor;

    /** The presence version that the client knows. */
    long presenceSeen;

    /** The version of what passes in the room that the client knows. */
    long signalsSeen;

    /** Its index among the room's readers. */
    int index;

    /** Whether it waits for its turn in the outbox. */
    boolean queued;

    /** Whether a page is being read for it from the log. */
    boolean reading;

    /** Whether it was ended; what comes for it later is dropped. */
    boolean ended;

    /** The page that was read for it and not yet written. */
    @Nullable
    Batch page;

    /** {@link io.parley.room.Room#erasures} before that page was read. */
    long pageErasures;

    Subscription(Outbox outbox, RoomReaders readers, long cursor, long presenceSeen, long signalsSeen) {
        this.outbox = outbox;
        this.readers = readers;
        this.cursor = cursor;
        this.presenceSeen = presenceSeen;
        this.signalsSeen = signalsSeen;
    }
}
