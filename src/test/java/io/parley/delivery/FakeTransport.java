package io.parley.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A client without a network: keeps the frames that it is sent, and ends writes as it is told. Thread-safe.
 *
 * <p>It holds its caller to what {@link Transport} promises; what was not kept is found in {@link #faults}.
 */
final class FakeTransport implements Transport {
    /** How a write ends. */
    enum Ending {
        AT_ONCE,
        /** When the test says so, perhaps never. */
        WHEN_TOLD,
        ON_ANOTHER_THREAD,
        BADLY,
        IN_AN_EXCEPTION
    }

    private final Executor elsewhere;
    private final CompletableFuture<Connection> connection = new CompletableFuture<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<Integer, Runnable> atFrames = new HashMap<>();
    private Ending ending;
    private @Nullable Thread worker;
    private @Nullable Completion underWay;
    private @Nullable CloseReason reason;
    private boolean over;
    private boolean pingsRefused;
    private int pings;
    private volatile Runnable beforeClosing = () -> {};

    FakeTransport(Ending ending, Executor elsewhere) {
        this.ending = ending;
        this.elsewhere = elsewhere;
    }

    /** Makes the transport known to the connection that it belongs to. */
    void belongsTo(Connection known) {
        connection.complete(known);
    }

    @Override
    public void write(Frame frame, Completion completion) {
        Ending how;
        Runnable first;
        synchronized (this) {
            calledByWorker();
            require(underWay == null, "a write was begun while another is under way");
            require(reason == null, "a write was begun after closing");
            first = atFrames.getOrDefault(frames.size(), () -> {});
            frames.add(frame);
            underWay = completion;
            how = over ? Ending.BADLY : ending;
        }
        first.run();
        end(how);
    }

    private void end(Ending how) {
        switch (how) {
            case AT_ONCE -> finish(true);
            case BADLY -> finish(false);
            case ON_ANOTHER_THREAD -> elsewhere.execute(() -> finish(true));
            case WHEN_TOLD -> {}
            case IN_AN_EXCEPTION -> {
                synchronized (this) {
                    underWay = null;
                }
                throw new IllegalStateException("a transport that throws");
            }
        }
    }

    @Override
    public boolean ping(Completion completion) {
        Ending how;
        synchronized (this) {
            calledByWorker();
            require(underWay == null, "a ping was sent while a write is under way");
            if (pingsRefused) {
                return false;
            }
            pings++;
            underWay = completion;
            how = over ? Ending.BADLY : ending;
        }
        end(how);
        return true;
    }

    /** What closing waits for. */
    void beforeClosing(Runnable hook) {
        beforeClosing = hook;
    }

    @Override
    public void close(CloseReason with) {
        beforeClosing.run();
        synchronized (this) {
            require(reason == null, "closed twice");
            reason = reason == null ? with : reason;
        }
        hangUp();
    }

    /** The client goes without a word; a write under way fails. */
    void hangUp() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        finish(false);
        connection.join().closed();
    }

    /** Ends the write under way, if there is one. */
    void finish(boolean ok) {
        Completion ended;
        synchronized (this) {
            ended = underWay;
            underWay = null;
        }
        if (ended != null) {
            ended.written(ok);
        }
    }

    /** From now on writes end like that; the one under way ends well, unless it is to wait. */
    void writesEnd(Ending otherwise) {
        synchronized (this) {
            ending = otherwise;
        }
        if (otherwise != Ending.WHEN_TOLD) {
            finish(true);
        }
    }

    /** From now on no ping can be begun, or again. */
    synchronized void refusePings(boolean refused) {
        pingsRefused = refused;
    }

    /** Does something while the frame of that number, counted from 0, is being written. */
    synchronized void atFrame(int number, Runnable action) {
        atFrames.put(number, action);
    }

    synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    /** The frames from a place on. */
    synchronized List<Frame> framesFrom(int place) {
        return List.copyOf(frames.subList(place, frames.size()));
    }

    synchronized boolean isWriting() {
        return underWay != null;
    }

    synchronized int pings() {
        return pings;
    }

    /** Why the server closed; null as long as it did not. */
    synchronized @Nullable CloseReason closeReason() {
        return reason;
    }

    /** What was asked of this transport and must not be. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    private void calledByWorker() {
        if (worker == null) {
            worker = Thread.currentThread();
        }
        require(worker == Thread.currentThread(), "two threads wrote: " + worker + ", " + Thread.currentThread());
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
