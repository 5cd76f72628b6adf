package io.parley.delivery;

import io.micrometer.core.instrument.Counter;
import io.parley.config.Limits;
import io.parley.presence.Presence;
import io.parley.presence.Signals;
import io.parley.room.Room;
import io.parley.room.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Owns the outbound state of its connections: one thread, which no write blocks. Confined to that thread, but for {@link #execute} and
 * {@link #isCurrent}.
 *
 * <p>It runs its mail first (replies, completions, wake-ups), then one slice of the next room whose readers are behind, then one
 * connection that is far behind, and so on round robin. What may lie in its mail is bounded by what there is to say: one item for each pending command, write and room.
 */
final class Worker implements Executor {
    /** What workers share. Immutable. */
    record Settings(
            Limits limits,
            Presence presence,
            Signals signals,
            CatchUp catchUp,
            Executor closer,
            Turns turns,
            Counter frames,
            Counter bytes,
            Counter signalled,
            Counter gaps) {

        /** Closes on another thread, since closing may block. */
        void close(Transport transport, CloseReason reason) {
            try {
                closer.execute(() -> transport.close(reason));
            } catch (RejectedExecutionException e) {
                LOG.log(Level.DEBUG, "a connection is left to the end of the process");
            }
        }
    }

    /**
     * How rooms take turns. Immutable.
     *
     * @param slice how many readers of a room are served before others have their turn
     * @param crowd from how many readers on a worker a room may be paused
     */
    record Turns(int slice, int crowd) {
        static final Turns USUAL = new Turns(256, 64);
    }

    private static final Logger LOG = System.getLogger(Worker.class.getName());
    private static final int MOST_MAIL_IN_A_ROW = 1_024;
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Settings settings;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> mail = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<RoomReaders> passes = new ArrayDeque<>();
    private final PriorityQueue<Paused> paused = new PriorityQueue<>();
    private final ArrayDeque<Outbox> farBehind = new ArrayDeque<>();
    private final Map<RoomName, RoomReaders> rooms = new HashMap<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final List<Runnable> idle = new ArrayList<>();
    private List<Subscription> retries = new ArrayList<>();
    private long nextSweep;
    private volatile @Nullable Thread current;
    private volatile boolean asleep;
    private volatile boolean stopped;

    /** @param nanoTime a clock that only goes forward, as {@link System#nanoTime} */
    Worker(int number, Settings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.nextSweep = nanoTime.getAsLong() + SWEEP_NANOS;
        this.thread = new Thread(this::run, "parley-delivery-" + number);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has something done by the worker's thread, after what it was given before. From any thread. */
    @Override
    public void execute(Runnable task) {
        mail.add(task);
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Whether the caller is this worker's thread. */
    boolean isCurrent() {
        return Thread.currentThread() == current;
    }

    /** What time it is for this worker and its connections, in nanoseconds of no particular origin. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Runs something once there is nothing to do. From any thread. */
    void whenIdle(Runnable signal) {
        execute(() -> idle.add(signal));
    }

    /** Ends the thread; what is left in the mail is dropped. */
    void stop(Duration atMost) {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Math.max(1, atMost.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void add(Connection connection) {
        connections.add(connection);
    }

    void remove(Connection connection) {
        connections.remove(connection);
    }

    List<Connection> connections() {
        return List.copyOf(connections);
    }

    RoomReaders readersOf(Room room) {
        RoomReaders known = rooms.get(room.name());
        if (known == null) {
            known = new RoomReaders(this, room, settings);
            rooms.put(room.name(), known);
            room.listen(known);
        }
        return known;
    }

    /** Forgets a room that nobody follows any more. */
    void tidy(RoomReaders readers) {
        if (readers.isEmpty()) {
            rooms.remove(readers.room().name());
            readers.room().unlisten(readers);
        }
    }

    /** Has a room's readers brought up to date, not before that time. */
    void addPass(RoomReaders readers, long notBefore) {
        if (notBefore - nanoTime() > 0) {
            paused.add(new Paused(readers, notBefore));
        } else {
            passes.addLast(readers);
        }
    }

    /** A connection that wrote much in a row goes on when others had their turn. */
    void goOnLater(Outbox outbox) {
        farBehind.addLast(outbox);
    }

    void presenceMoved(RoomName name) {
        RoomReaders readers = rooms.get(name);
        if (readers != null) {
            readers.presenceMoved();
        }
    }

    void signalsMoved(RoomName name) {
        RoomReaders readers = rooms.get(name);
        if (readers != null) {
            readers.signalsMoved();
        }
    }

    /** The log could not be read for a reader; it is woken with the next sweep. */
    void retrySoon(Subscription reader) {
        retries.add(reader);
    }

    /** Closes now where that cannot block: a poll's answer must not queue behind peers whose network is gone. */
    void close(Transport transport, CloseReason reason) {
        if (transport.closesAtOnce()) {
            guarded(() -> transport.close(reason));
        } else {
            settings.close(transport, reason);
        }
    }

    void counted(Frame frame) {
        settings.frames().increment();
        settings.bytes().increment(frame.length());
    }

    private void run() {
        current = thread;
        while (!stopped) {
            if (!turn()) {
                sleep();
            }
        }
    }

    /** The calling thread is the worker's from now on: whoever takes turns without {@link #start}. */
    void adopt() {
        current = Thread.currentThread();
    }

    /**
     * Does a bounded part of what there is to do; all that the worker's thread does is to repeat this.
     *
     * @return false when there was nothing to do
     */
    boolean turn() {
        boolean worked = runMail();
        endPauses();
        worked |= runSlice();
        worked |= runFarBehind();
        long now = nanoTime();
        if (now - nextSweep >= 0) {
            guarded(() -> sweep(now));
            nextSweep = now + SWEEP_NANOS;
        }
        if (!worked && paused.isEmpty()) {
            idle.forEach(Worker::guarded);
            idle.clear();
        }
        return worked;
    }

    /** Whether a turn would do anything now. */
    boolean hasWork() {
        return !mail.isEmpty() || !passes.isEmpty() || !farBehind.isEmpty() || nanoTime() - nextWaking() >= 0;
    }

    private boolean runMail() {
        for (int done = 0; done < MOST_MAIL_IN_A_ROW; done++) {
            Runnable task = mail.poll();
            if (task == null) {
                return done > 0;
            }
            guarded(task);
        }
        return true;
    }

    private void endPauses() {
        for (Paused next = paused.peek(); next != null && next.until - nanoTime() <= 0; next = paused.peek()) {
            passes.addLast(next.readers);
            paused.remove();
        }
    }

    private boolean runSlice() {
        RoomReaders next = passes.pollFirst();
        if (next == null) {
            return false;
        }
        boolean goesOn = true;
        try {
            goesOn = next.slice(settings.turns.slice);
        } catch (RuntimeException | Error e) {
            // The reader that failed had its turn; the others keep theirs.
            LOG.log(Level.ERROR, "a room could not be served to a reader", e);
        }
        if (goesOn) {
            passes.addLast(next);
        }
        return true;
    }

    private boolean runFarBehind() {
        Outbox next = farBehind.pollFirst();
        if (next == null) {
            return false;
        }
        guarded(next::goOn);
        return true;
    }

    private void sweep(long now) {
        List<Subscription> again = retries;
        retries = new ArrayList<>();
        for (Subscription reader : again) {
            if (!reader.ended) {
                reader.outbox.wake(reader);
            }
        }
        // Readers are served without a pass too: when a write ends, or when they join.
        rooms.values().forEach(RoomReaders::rest);
        List.copyOf(connections).forEach(connection -> guarded(() -> connection.sweep(now)));
    }

    private void sleep() {
        asleep = true;
        if (!hasWork() && !stopped) {
            LockSupport.parkNanos(this, nextWaking() - nanoTime());
        }
        asleep = false;
    }

    private long nextWaking() {
        Paused next = paused.peek();
        return next != null && next.until - nextSweep < 0 ? next.until : nextSweep;
    }

    /** A bug in serving one connection, or a want of memory, must not end the service of all others. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a delivery step failed", e);
        }
    }

    /** Readers whose next pass has to wait. */
    private record Paused(RoomReaders readers, long until) implements Comparable<Paused> {
        @Override
        public int compareTo(Paused other) {
            return Long.signum(until - other.until);
        }
    }
}
