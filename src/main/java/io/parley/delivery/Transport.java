package io.parley.delivery;

/**
 * The port to a door: moves frames to one client, and closes. Knows nothing of rooms.
 *
 * <p>The delivery worker that owns the connection calls it, one method at a time. At most one write is under way.
 */
public interface Transport {

    /**
     * Begins to write a frame; never blocks.
     *
     * @param completion is told exactly once, from any thread, perhaps before this method returns
     */
    void write(Frame frame, Completion completion);

    /**
     * Begins to ask the client for a sign of life; never blocks. Not called while a write is under way, and counts as one until it is done.
     *
     * @param completion like a write's; not told when this returns false
     * @return false when no ping can be begun just now
     */
    boolean ping(Completion completion);

    /** There is nothing more to write just now, and no write is under way. Must not block. */
    default void rested() {}

    /** Whether {@link #close} never blocks, and so is called on the worker too, in turn with everything else. */
    default boolean closesAtOnce() {
        return false;
    }

    /** Closes. Unless it {@link #closesAtOnce}, it may block, and is not called on a worker. Closing what is closed does nothing. */
    void close(CloseReason reason);

    /** Hears how a write ended. */
    interface Completion {
        /**
         * The write has ended.
         *
         * @param ok whether the frame was handed to the network; if not, the connection is of no more use
         */
        void written(boolean ok);
    }
}
