package io.parley.transport.websocket;

import io.parley.config.Limits;
import io.parley.delivery.CloseReason;
import io.parley.delivery.Frame;
import io.parley.delivery.Transport;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves frames over one session: by the container's own way for whole frames, where it has one, else by Jakarta WebSocket alone. Confined
 * to the connection's worker, but for {@link #close} and {@link #written}.
 *
 * <p>No container takes a second send before the first is done; the worker sees to that.
 */
final class WebSocketTransport implements Transport, FrameChannel.Written {
    private static final Logger LOG = System.getLogger(WebSocketTransport.class.getName());

    // Tomcat sends pings and closes by blocking, and cuts the connection off when that takes longer than this. It is
    // read at each send.
    private static final String TOMCAT_BLOCKING_SEND = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
    private static final long CLOSE_MILLIS = 250;
    // After an error it waits 50 ms for its close frame, too short for a write that is just being completed.
    private static final String TOMCAT_CLOSE_AFTER_ERROR =
            "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";
    private static final long CLOSE_AFTER_ERROR_MILLIS = 1_000;

    private static final String JETTY = "org.eclipse.jetty.";

    /** The way of the session that is being opened on a thread. */
    static final ThreadLocal<@Nullable FrameChannel> OPENING = new ThreadLocal<>();

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final Executor pingers;
    private final @Nullable FrameChannel channel = FrameChannel.current();
    private volatile @Nullable Completion underWay;

    /** @param pingers run what may block as long as a peer does not read; refuse what they cannot begin at once */
    WebSocketTransport(Session session, Limits limits, Executor pingers) {
        this.session = session;
        this.pingers = pingers;
        this.remote = session.getAsyncRemote();
        // Silence and stalled writes are the worker's affair, alike in every container; Tyrus times each send when this
        // is not set.
        session.setMaxIdleTimeout(-1);
        // Jetty closes behind the write under way: behind one that is stalled for ever, if it did not time that itself.
        remote.setSendTimeout(isJettys() ? longestWriteMillis(limits) : -1);
        session.setMaxTextMessageBufferSize(limits.frameBytes());
        session.setMaxBinaryMessageBufferSize(limits.frameBytes());
        // A ping counts as a write, and those are timed by the worker: Tomcat's own end comes after that.
        session.getUserProperties().put(TOMCAT_BLOCKING_SEND, longestWriteMillis(limits));
        session.getUserProperties().put(TOMCAT_CLOSE_AFTER_ERROR, CLOSE_AFTER_ERROR_MILLIS);
    }

    /** What a container may time: later than the worker does. */
    private static long longestWriteMillis(Limits limits) {
        return TimeUnit.SECONDS.toMillis(2L * limits.writeTimeoutSeconds());
    }

    private boolean isJettys() {
        return session.getClass().getName().startsWith(JETTY);
    }

    @Override
    public void write(Frame frame, Completion completion) {
        if (channel != null) {
            underWay = completion;
            channel.write(frame.webSocket(), this);
        } else {
            send(frame, completion);
        }
    }

    /** By the container's own way. */
    @Override
    public void written(boolean ok) {
        Completion completion = underWay;
        if (completion != null) {
            completion.written(ok);
        }
    }

    private void send(Frame frame, Completion completion) {
        SendHandler handler = result -> {
            if (!result.isOK()) {
                LOG.log(Level.DEBUG, "a write failed", result.getException());
            }
            completion.written(result.isOK());
        };
        try {
            if (frame.isBinary()) {
                remote.sendBinary(frame.bytes(), handler);
            } else {
                remote.sendObject(frame, handler);
            }
        } catch (RuntimeException e) {
            // The session was closed under our hands; containers do not agree on what they throw then.
            LOG.log(Level.DEBUG, "a write was refused", e);
            completion.written(false);
        }
    }

    @Override
    public boolean ping(Completion completion) {
        try {
            pingers.execute(() -> completion.written(pinged()));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private boolean pinged() {
        try {
            remote.sendPing(ByteBuffer.allocate(0));
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a ping could not be sent", e);
            return false;
        }
    }

    @Override
    public void close(CloseReason reason) {
        try {
            session.getUserProperties().put(TOMCAT_BLOCKING_SEND, CLOSE_MILLIS);
            session.close(new jakarta.websocket.CloseReason(
                    jakarta.websocket.CloseReason.CloseCodes.getCloseCode(reason.code()), reason.reason()));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a session could not be closed in order", e);
        }
    }
}
