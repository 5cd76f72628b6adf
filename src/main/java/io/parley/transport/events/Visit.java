package io.parley.transport.events;

import io.parley.access.ConnectionQuota;
import io.parley.delivery.CloseReason;
import io.parley.delivery.Connection;
import io.parley.http.Answer;
import io.parley.http.Call;
import io.parley.http.Problem;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One request from its admission to its end: its place in the quota, its connection, who counts it. Thread-safe. */
final class Visit implements AsyncListener, Poll.Asker {
    private static final Logger LOG = System.getLogger(Visit.class.getName());

    private final Call call;
    private final ConnectionQuota quota;
    private final String address;
    private final AtomicInteger counted;
    private @Nullable Connection connection;
    private @Nullable CloseReason closing;
    private @Nullable Future<?> deadline;
    private boolean over;

    /**
     * @param address whose place in the quota was taken
     * @param counted how many such visits there are
     */
    Visit(Call call, ConnectionQuota quota, String address, AtomicInteger counted) {
        this.call = call;
        this.quota = quota;
        this.address = address;
        this.counted = counted;
        counted.incrementAndGet();
    }

    String address() {
        return address;
    }

    /** What ends it when nothing comes; let go when something does. Said before {@link #has}. */
    void endsBy(Future<?> timer) {
        deadline = timer;
    }

    /** Its connection has been opened, which may have been at work since before this is called. */
    void has(Connection opened) {
        CloseReason reason;
        boolean gone;
        synchronized (this) {
            connection = opened;
            reason = closing;
            gone = over;
        }
        if (gone) {
            opened.closed();
        } else if (reason != null) {
            opened.close(reason);
        }
    }

    @Override
    public void end() {
        close(CloseReason.NORMAL);
    }

    @Override
    public void told(byte[] json) {
        call.answer(Answer.json(HttpServletResponse.SC_OK, json));
        over();
    }

    @Override
    public void refused(Problem problem) {
        call.answer(problem);
        over();
    }

    /** Has the connection closed, orderly. */
    void close(CloseReason reason) {
        Connection open;
        synchronized (this) {
            closing = reason;
            open = connection;
        }
        if (open != null) {
            open.close(reason);
        }
    }

    /** It has ended, in whichever way; said again, changes nothing. */
    void over() {
        Connection open;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            open = connection;
        }
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
        quota.release(address);
        counted.decrementAndGet();
        if (open != null) {
            open.closed();
        }
    }

    /** Runs something that may block; throws where the request has ended. */
    void run(Runnable blocking) {
        call.run(blocking);
    }

    /** Ends the request itself, and with it the visit. */
    void complete() {
        try {
            call.request().getAsyncContext().complete();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "the container has ended a request itself", e);
        }
        over();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over();
    }

    @Override
    public void onError(AsyncEvent event) {
        over();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        over();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Asynchrony begins once.
    }
}
