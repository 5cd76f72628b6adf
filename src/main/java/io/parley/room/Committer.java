package io.parley.room;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parley.config.Limits;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The one writer: gives every entry its place and answers when it is safe. Thread-safe.
 *
 * <p>Its thread takes what waits, fairly, as one group, and commits it in one transaction; load makes groups larger, not waits longer.
 * A group that fails through one of its writes is halved until that one fails alone. Nothing is shown to anybody, and nobody is answered,
 * before the commit has returned.
 */
public final class Committer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Committer.class.getName());

    private final RoomLog log;
    private final Limits limits;
    private final Clock clock;
    private final FairQueue queue;
    private final Thread thread;
    private final Timer commits;
    private final DistributionSummary groupSizes;
    private final Counter failures;
    /** Rooms of which nobody knows whether all that was committed was shown. Confined to the thread. */
    private final Set<Room> inDoubt = new HashSet<>();

    private volatile boolean available = true;

    public Committer(RoomLog log, Limits limits, Clock clock, MeterRegistry meters) {
        this.log = log;
        this.limits = limits;
        this.clock = clock;
        this.queue = new FairQueue(limits.queuedWrites());
        this.thread = new Thread(this::run, "parley-committer");
        thread.setDaemon(true);
        commits = Timer.builder("parley.commit").description("one group commit").register(meters);
        groupSizes = DistributionSummary.builder("parley.commit.writes")
                .description("writes in a group")
                .register(meters);
        failures = Counter.builder("parley.commit.failures")
                .description("groups that could not be committed")
                .register(meters);
        Gauge.builder("parley.commit.queue", queue, FairQueue::size)
                .description("writes that wait for the committer")
                .register(meters);
    }

    public void start() {
        thread.start();
    }

    /**
     * Asks for a write. Never blocks.
     *
     * @return completes on the committer's thread, never exceptionally; what hangs on it must be short
     */
    public CompletionStage<Written> submit(Write write) {
        PendingWrite pending = new PendingWrite(write);
        if (!queue.offer(pending)) {
            pending.refuse(Written.Reason.UNAVAILABLE);
        }
        return pending.promise();
    }

    /** How many writes wait. */
    int queued() {
        return queue.size();
    }

    /** Whether the last group could be committed. */
    public boolean isAvailable() {
        return available;
    }

    /** Refuses new writes, finishes those that wait, and returns when the thread is gone or the time is over. */
    public void close(Duration atMost) {
        queue.close();
        try {
            thread.join(Math.max(1, atMost.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(3));
    }

    private void run() {
        try {
            boolean open = true;
            while (open) {
                open = step();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the committer was interrupted");
        }
    }

    /**
     * Waits for writes and commits a group of them; all that the committer's thread does is to repeat this.
     *
     * @return false when the committer is closed and nothing is left
     */
    boolean step() throws InterruptedException {
        List<PendingWrite> group = queue.take(limits.groupEntries(), limits.groupBytes());
        if (group.isEmpty()) {
            return false;
        }
        commitWhateverComes(group);
        return true;
    }

    /** Even when memory has run out, nobody waits for ever and the thread lives on. */
    private void commitWhateverComes(List<PendingWrite> writes) {
        try {
            commit(writes);
        } catch (Error e) {
            available = false;
            doubt(writes);
            writes.forEach(write -> write.refuse(Written.Reason.UNAVAILABLE));
            LOG.log(
                    Level.ERROR,
                    "a group was given up; what of it was committed, its authors find when they repeat it",
                    e);
        }
    }

    private void commit(List<PendingWrite> writes) {
        Group group = new Group(writes);
        try {
            commits.record(() -> writeAndCommit(group));
        } catch (RoomLogException e) {
            failures.increment();
            if (e.fault() != RoomLogException.Fault.UNKNOWN || !settle(group)) {
                if (e.fault() == RoomLogException.Fault.UNKNOWN) {
                    doubt(writes);
                }
                recover(writes, e, e.fault() == RoomLogException.Fault.REJECTED);
                return;
            }
        } catch (RuntimeException e) {
            failures.increment();
            recover(writes, e, true);
            return;
        }
        available = true;
        groupSizes.record(writes.size());
        try {
            lookAgain();
            group.publish();
        } catch (RuntimeException e) {
            // A listener's bug; the entries are committed, and readers find them in the log.
            LOG.log(Level.ERROR, "committed entries could not be shown to everybody", e);
        }
    }

    private void writeAndCommit(Group group) {
        try (RoomLog.Transaction transaction = log.begin()) {
            group.write(transaction, clock);
            transaction.commit();
        }
    }

    /** Finds out what became of a commit whose answer was lost. */
    private boolean settle(Group group) {
        try {
            return group.isIn(log);
        } catch (RoomLogException e) {
            LOG.log(
                    Level.WARNING,
                    "a commit was neither confirmed nor denied; its writes are answered as unavailable",
                    e);
            return false;
        }
    }

    /** A node out of service makes a write of its own every second, so that this is settled as soon as the store is well. */
    private void doubt(List<PendingWrite> writes) {
        for (PendingWrite pending : writes) {
            if (pending.lane() instanceof Room room) {
                inDoubt.add(room);
            }
        }
    }

    /** Shows what was committed and could not be shown. */
    private void lookAgain() {
        for (Room room : List.copyOf(inDoubt)) {
            try {
                log.find(room.name()).ifPresent(room::catchUp);
                inDoubt.remove(room);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "whether all of room " + room.name() + " was shown is looked up later", e);
            }
        }
    }

    private void recover(List<PendingWrite> writes, RuntimeException cause, boolean oneIsAtFault) {
        if (!oneIsAtFault) {
            if (available) {
                LOG.log(Level.ERROR, "the store takes no writes; they are refused until it does", cause);
            }
            available = false;
            writes.forEach(write -> write.refuse(Written.Reason.UNAVAILABLE));
        } else if (writes.size() == 1) {
            LOG.log(Level.ERROR, "a write cannot be stored and was refused", cause);
            writes.get(0).refuse(Written.Reason.INTERNAL);
        } else {
            int half = writes.size() / 2;
            commit(writes.subList(0, half));
            commit(writes.subList(half, writes.size()));
        }
    }
}
