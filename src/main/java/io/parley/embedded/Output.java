package io.parley.embedded;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.AsyncQueueWriter;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;

/**
 * The way out of a connection: straight into Grizzly's asynchronous queue, or by way of TLS. Thread-safe.
 *
 * <p>What is written in some order goes out in it, whole, and is completed when the kernel has taken its last byte.
 */
final class Output {
    private static final Buffer NOTHING = Buffers.EMPTY_BUFFER;

    private final TCPNIOConnection connection;
    private final AsyncQueueWriter<SocketAddress> queue;
    private final @Nullable SSLEngine engine;

    Output(TCPNIOConnection connection) {
        this.connection = connection;
        this.queue =
                ((TCPNIOTransport) connection.getTransport()).getAsyncQueueIO().getWriter();
        this.engine = SSLUtils.getSSLEngine(connection);
    }

    void write(ByteBuffer bytes, CompletionHandler<WriteResult<WritableMessage, SocketAddress>> completion) {
        Buffer buffer = Buffers.wrap(connection.getMemoryManager(), bytes);
        if (engine == null) {
            queue.write(connection, buffer, completion);
        } else {
            // Through the chain, whose TLS filter encrypts and queues under one lock.
            connection.write(null, buffer, completion);
        }
    }

    /** Says, after all that was written, that nothing follows (RFC 8446 §6.1). */
    void end(CompletionHandler<WriteResult<WritableMessage, SocketAddress>> completion) {
        if (engine == null) {
            queue.write(connection, NOTHING, completion);
            return;
        }
        // The lock of the TLS filter.
        synchronized (connection) {
            queue.write(connection, closeNotify(engine), completion);
        }
    }

    private Buffer closeNotify(SSLEngine tls) {
        tls.closeOutbound();
        ByteBuffer notice = ByteBuffer.allocate(tls.getSession().getPacketBufferSize());
        try {
            tls.wrap(ByteBuffer.allocate(0), notice);
        } catch (SSLException e) {
            // The peer sees the end of the connection instead.
            return NOTHING;
        }
        notice.flip();
        return notice.hasRemaining() ? Buffers.wrap(connection.getMemoryManager(), notice) : NOTHING;
    }
}
