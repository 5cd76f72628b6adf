package io.parley.embedded;

import io.parley.transport.websocket.FrameChannel;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.memory.ByteBufferArray;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: Grizzly's connection below, Tyrus' above.
 *
 * <p>Bytes go out by Grizzly's asynchronous queue, one record per write, completed when the kernel has taken the last byte or the
 * connection has died: never lost, never before. What comes in, and the end of the connection, is handed to Tyrus one at a time.
 * Closing sends what is queued, then ends the outgoing half only, so that the peer reads the close frame even while it is still
 * sending (RFC 6455 §7.1.1); a peer that has not let go after {@link #LINGER} is cut off, a stalled one included. Thread-safe.
 */
final class WebSocketConnection extends Writer implements FrameChannel {

    /** How long a peer may take to read the close frame and let go. */
    static final Duration LINGER = Duration.ofSeconds(2);

    private final TCPNIOConnection connection;
    private final Output output;
    private final ScheduledExecutorService timer;
    private final FrameGuard guard;
    private final SerialTasks inbound = new SerialTasks();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final WholeFrame wholeFrame = new WholeFrame();
    private volatile @Nullable Connection tyrus;
    private volatile @Nullable ScheduledFuture<?> cutOff;

    WebSocketConnection(TCPNIOConnection connection, ScheduledExecutorService timer, int frameBytes) {
        this.connection = connection;
        this.output = new Output(connection);
        this.timer = timer;
        this.guard = new FrameGuard(frameBytes);
    }

    /** Opens the session above; the endpoint's {@code @OnOpen} runs within. Called once, on the thread that reads. */
    void open(UpgradeInfo upgrade) {
        FrameChannel.within(this, () -> tyrus = upgrade.createConnection(this, reason -> connection.closeSilently()));
    }

    /** Takes what was read. Called by one thread at a time. */
    void received(Buffer buffer) {
        if (!buffer.isComposite()) {
            receive(buffer.toByteBuffer());
            return;
        }
        ByteBufferArray parts = buffer.toByteBufferArray();
        for (int i = 0; i < parts.size(); i++) {
            receive(parts.getArray()[i]);
        }
        parts.recycle();
    }

    private void receive(ByteBuffer bytes) {
        int accepted = closing.get() ? 0 : guard.accept(bytes);
        ByteBuffer whole = bytes.duplicate();
        whole.limit(bytes.position() + accepted);
        if (whole.hasRemaining()) {
            inbound.run(() -> {
                Connection session = tyrus;
                if (session != null && !closing.get()) {
                    session.getReadHandler().handle(whole);
                }
            });
        }
        FrameGuard.Violation violation = guard.violation();
        if (violation != null) {
            close(reason(violation));
        }
    }

    /** Ends the session with a reason; its endpoint's {@code @OnClose} runs on this thread, or on the one that handles a frame. */
    void close(CloseReason reason) {
        inbound.run(() -> {
            Connection session = tyrus;
            if (session != null && !closing.get()) {
                session.close(reason);
            }
        });
    }

    /** The connection below is gone. Tyrus learns it on a worker: this thread may be in the midst of a write. */
    void ended() {
        ScheduledFuture<?> pending = cutOff;
        if (pending != null) {
            pending.cancel(false);
        }
        Runnable end = () -> close(new CloseReason(CloseCodes.CLOSED_ABNORMALLY, "connection lost"));
        @Nullable ExecutorService workers = connection.getTransport().getWorkerThreadPool();
        if (workers == null || workers.isShutdown()) {
            end.run();
        } else {
            workers.execute(end);
        }
    }

    /** Frames that Tyrus never sees: it would encode them and copy them, for each who gets them, several times over. */
    @Override
    public void write(ByteBuffer frame, Written written) {
        wholeFrame.waits.set(written);
        output.write(frame, wholeFrame);
    }

    /** What Tyrus itself has to say, a frame at a time. */
    @Override
    public void write(ByteBuffer buffer, CompletionHandler<ByteBuffer> completion) {
        output.write(buffer, new Sent(buffer, completion));
    }

    /** Called by Tyrus when its close frame is written or the peer's has come. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true) || !connection.isOpen()) {
            return;
        }
        output.end(new EndOfOutput());
        cutOff = timer.schedule(connection::terminateSilently, LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void endOutput() {
        try {
            ((SocketChannel) connection.getChannel()).shutdownOutput();
        } catch (IOException e) {
            connection.terminateSilently();
        }
    }

    private static CloseReason reason(FrameGuard.Violation violation) {
        return switch (violation) {
            case TOO_LONG -> new CloseReason(CloseCodes.TOO_BIG, "message too long");
            case UNMASKED -> new CloseReason(CloseCodes.PROTOCOL_ERROR, "a client's frames must be masked");
        };
    }

    private final class EndOfOutput extends EmptyCompletionHandler<WriteResult<WritableMessage, SocketAddress>> {
        @Override
        public void completed(WriteResult<WritableMessage, SocketAddress> result) {
            endOutput();
        }
    }

    /** Tells how the one whole frame under way went, exactly once; the same one for all of them. */
    private static final class WholeFrame extends EmptyCompletionHandler<WriteResult<WritableMessage, SocketAddress>> {
        final AtomicReference<@Nullable Written> waits = new AtomicReference<>();

        @Override
        public void completed(WriteResult<WritableMessage, SocketAddress> result) {
            tell(true);
        }

        @Override
        public void failed(@Nullable Throwable cause) {
            tell(false);
        }

        @Override
        public void cancelled() {
            tell(false);
        }

        private void tell(boolean ok) {
            Written written = waits.getAndSet(null);
            if (written != null) {
                written.written(ok);
            }
        }
    }

    /** Tells Tyrus how a write went, exactly once. */
    private static final class Sent extends EmptyCompletionHandler<WriteResult<WritableMessage, SocketAddress>> {
        private final ByteBuffer buffer;
        private final CompletionHandler<ByteBuffer> completion;

        Sent(ByteBuffer buffer, CompletionHandler<ByteBuffer> completion) {
            this.buffer = buffer;
            this.completion = completion;
        }

        @Override
        public void completed(WriteResult<WritableMessage, SocketAddress> result) {
            completion.completed(buffer);
        }

        @Override
        public void failed(@Nullable Throwable cause) {
            // Grizzly gives null for a connection that was closed on purpose; Tyrus would take that for success.
            completion.failed(cause == null ? new ClosedChannelException() : cause);
        }

        @Override
        public void cancelled() {
            failed(null);
        }
    }
}
