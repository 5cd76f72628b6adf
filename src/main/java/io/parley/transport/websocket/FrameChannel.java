package io.parley.transport.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A container's own way out for whole frames, past its encoders and copies, where it has one. Used by one thread at a time.
 *
 * <p>The WebSocket API has no such thing, so it is found by a thread-local: a container that has one opens the session {@link #within} it.
 */
public interface FrameChannel {

    /**
     * Begins to write a frame; never blocks. At most one is under way; what the container itself writes, pongs and the close frame, keeps
     * its order, and once the container has closed, writes fail.
     *
     * @param frame all of it, header and payload; shared with others, so read only
     * @param written is told exactly once, from any thread, perhaps before this method returns
     */
    void write(ByteBuffer frame, Written written);

    /** Hears how a write ended. */
    interface Written {
        /** The write has ended; if it is not ok, the connection is of no more use. */
        void written(boolean ok);
    }

    /** Opens a session on this thread, whose frames may go this way. */
    static void within(FrameChannel channel, Runnable opening) {
        WebSocketTransport.OPENING.set(channel);
        try {
            opening.run();
        } finally {
            WebSocketTransport.OPENING.remove();
        }
    }

    /** That of the session which is being opened on this thread, if it has one. */
    static @Nullable FrameChannel current() {
        return WebSocketTransport.OPENING.get();
    }
}
