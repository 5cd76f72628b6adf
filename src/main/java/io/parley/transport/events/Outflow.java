package io.parley.transport.events;

import io.parley.delivery.Transport.Completion;
import io.parley.http.Containers;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes one thing after another into an answer and never waits for the peer (Jakarta Servlet 6.0 §5.7). Thread-safe.
 *
 * <p>Containers call back on threads of their own while delivery begins writes on its: whoever comes while another is at it leaves a
 * mark, and the other goes on.
 */
final class Outflow implements WriteListener {
    private static final Logger LOG = System.getLogger(Outflow.class.getName());
    private static final int PIECE_BYTES = 16 * 1024;

    private final ServletOutputStream out;
    private final Executor writers;
    // Open Liberty does nothing when it is told to flush for the first time.
    private boolean ignoresFlush;
    private final AtomicInteger turns = new AtomicInteger();
    private volatile @Nullable Writing writing;
    private volatile boolean broken;

    private Outflow(ServletOutputStream out, Executor threads) {
        this.out = out;
        // Open Liberty says that it is ready and then waits for the peer all the same, up to a minute.
        boolean liberty = Containers.isLibertys(out);
        this.writers = liberty ? threads : Runnable::run;
        this.ignoresFlush = liberty;
    }

    /**
     * From now on the answer is written by this alone; status and headers are set.
     *
     * @param threads of the container, which writes that wait may hold up
     */
    static Outflow of(HttpServletResponse response, Executor threads) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        Outflow flow = new Outflow(out, threads);
        out.setWriteListener(flow);
        return flow;
    }

    /**
     * Begins to write; one at a time.
     *
     * @param parts shared with others, not changed
     * @param completion told when the network has taken the last byte, or nothing can be written any more
     */
    void write(List<byte[]> parts, Completion completion) {
        writing = new Writing(parts, completion);
        try {
            writers.execute(this::go);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "a stream is over, or the container has no thread for it", e);
            broken = true;
            go();
        }
    }

    /** Nothing more is written, not even what waits for a thread. */
    void abandon() {
        broken = true;
    }

    /** Whether the network has still to take something. */
    boolean isWriting() {
        return writing != null;
    }

    @Override
    public void onWritePossible() {
        go();
    }

    @Override
    public void onError(Throwable failure) {
        LOG.log(Level.DEBUG, "a stream has ended", failure);
        broken = true;
        go();
    }

    private void go() {
        if (turns.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            writeWhatGoes();
            seen = turns.addAndGet(-seen);
        } while (seen != 0);
    }

    private void writeWhatGoes() {
        for (Writing now = writing; now != null; now = writing) {
            boolean done = broken;
            try {
                done = done || now.goOn();
            } catch (IOException | RuntimeException e) {
                // The peer went; containers do not agree on what they throw then.
                LOG.log(Level.DEBUG, "a stream can be written no more", e);
                broken = true;
                done = true;
            }
            if (!done) {
                // The container calls back.
                return;
            }
            writing = null;
            now.completion.written(!broken);
        }
    }

    /** Called by whoever has the turn. */
    private void flush() throws IOException {
        if (ignoresFlush) {
            ignoresFlush = false;
            out.flush();
        }
        out.flush();
    }

    /** Confined to whoever has the turn. */
    private final class Writing {
        private final List<byte[]> parts;
        private final Completion completion;
        private int part;
        private int at;
        private boolean flushed;

        Writing(List<byte[]> parts, Completion completion) {
            this.parts = parts;
            this.completion = completion;
        }

        /** Whether all of it is gone; if not, the container has been asked to call back. */
        boolean goOn() throws IOException {
            while (out.isReady()) {
                if (part < parts.size()) {
                    byte[] bytes = parts.get(part);
                    int length = Math.min(PIECE_BYTES, bytes.length - at);
                    out.write(bytes, at, length);
                    at += length;
                    if (at == bytes.length) {
                        part++;
                        at = 0;
                    }
                } else if (!flushed) {
                    flushed = true;
                    flush();
                } else {
                    return true;
                }
            }
            return false;
        }
    }
}
