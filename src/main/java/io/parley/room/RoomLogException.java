package io.parley.room;

/** The store has failed. Immutable. Its text is for the log, never for a peer. */
public final class RoomLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is known of the transaction, and whose fault it was. */
    public enum Fault {
        /** Nothing was written; something in the transaction itself is at fault, and its rest may go through. */
        REJECTED,
        /** Nothing was written; the disk or the database is at fault, and nothing would go through now. */
        UNAVAILABLE,
        /** The commit was asked for and its answer lost: it may have been written or not. */
        UNKNOWN
    }

    private final Fault fault;

    public RoomLogException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
