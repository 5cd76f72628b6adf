package io.parley.hooks;

import io.parley.room.Entry;
import io.parley.room.OutgoingHook;
import io.parley.room.Position;
import io.parley.room.Room;
import io.parley.room.RoomLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one webhook the entries of its room, one after another. Thread-safe.
 *
 * <p>At any time at most one thing is under way for it: an entry is read, or sent, or it waits for the next attempt. While there is nothing
 * to send it takes no thread and holds no entry.
 */
final class Sender implements Room.Listener {
    private static final Logger LOG = System.getLogger(Sender.class.getName());
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private enum State {
        STARTING,
        /** All that is known of was sent. */
        IDLE,
        /** An entry is being read or sent. */
        BUSY,
        /** Until the next attempt. */
        WAITING,
        ENDED
    }

    private final OutgoingHook hook;
    private final Target target;
    private final Sending with;
    private State state = State.STARTING;
    private Position position;
    private boolean moved;
    private int failures;
    private Instant failingSince = Instant.EPOCH;
    private String reason = "";
    private @Nullable Room room;
    private @Nullable Post post;
    private @Nullable Future<?> next;

    Sender(OutgoingHook hook, Target target, Sending with) {
        this.hook = hook;
        this.target = target;
        this.with = with;
        this.position = hook.position();
    }

    OutgoingHook hook() {
        return hook;
    }

    /** Begins after what it has taken; where that cannot be, from now on. Never blocks. */
    void start() {
        with.rooms().acquire(hook.room()).whenComplete((found, failure) -> {
            if (failure != null) {
                later(STORE_PAUSE, this::start);
            } else if (found.isEmpty()) {
                LOG.log(Level.WARNING, "webhook {0} is of room {1}, which is not there", hook.id(), hook.room());
            } else {
                begin(found.get());
            }
        });
    }

    @Override
    public void moved(Room changed) {
        wake();
    }

    /** Nothing more is sent from now on; what is under way is cut off. Never blocks. */
    void end() {
        Room held;
        Post underWay;
        Future<?> waiting;
        synchronized (this) {
            if (state == State.ENDED) {
                return;
            }
            state = State.ENDED;
            held = room;
            underWay = post;
            waiting = next;
        }
        if (waiting != null) {
            waiting.cancel(false);
        }
        if (underWay != null) {
            underWay.abort();
        }
        if (held != null) {
            held.unlisten(this);
            with.rooms().release(held);
        }
    }

    synchronized HookStatus status() {
        Room known = room;
        Optional<HookStatus.Failing> failing =
                failures == 0 ? Optional.empty() : Optional.of(new HookStatus.Failing(failingSince, failures, reason));
        long behind = known == null ? 0 : Math.max(0, known.head() - position.seq());
        return new HookStatus(hook.id(), hook.room(), hook.url(), behind, failing);
    }

    /** How far it has come since this was last asked. */
    synchronized Optional<Position> takeMove() {
        boolean was = moved;
        moved = false;
        return was ? Optional.of(position) : Optional.empty();
    }

    /** What was taken could not be stored. */
    synchronized void giveBackMove() {
        moved = true;
    }

    private void begin(Room held) {
        boolean ended;
        boolean anew;
        synchronized (this) {
            ended = state == State.ENDED;
            anew = !held.canResume(position);
            if (!ended) {
                room = held;
                state = State.IDLE;
            }
            if (anew) {
                position = new Position(held.epoch(), held.head());
                moved = true;
            }
        }
        if (ended) {
            with.rooms().release(held);
            return;
        }
        if (anew) {
            LOG.log(
                    Level.WARNING,
                    "webhook {0} cannot go on where it was in room {1}, whose history is another; it begins with what comes now",
                    hook.id(),
                    hook.room());
        }
        held.listen(this);
        if (isEnded()) {
            held.unlisten(this);
        }
        wake();
    }

    private void wake() {
        synchronized (this) {
            Room known = room;
            if (state != State.IDLE || known == null || position.seq() >= known.head()) {
                return;
            }
            state = State.BUSY;
        }
        attempt();
    }

    private void attempt() {
        try {
            (isFailing() ? with.retriers() : with.posters()).execute(this::attemptNow);
        } catch (RuntimeException | Error e) {
            // Also when there is no thread left to be had: nobody else would wake it again.
            LOG.log(Level.DEBUG, "an attempt of a webhook could not begin", e);
            later(STORE_PAUSE, this::attempt);
        }
    }

    private synchronized boolean isFailing() {
        return failures > 0;
    }

    private void attemptNow() {
        Post mine = new Post(target, with.ways());
        Room from = begun(mine);
        if (from == null) {
            return;
        }
        try (mine) {
            Future<?> deadline = with.timer()
                    .schedule(mine::abort, with.ways().bounds().attempt().toMillis(), TimeUnit.MILLISECONDS);
            try {
                mine.connect();
                RoomLog.Page page = read(from);
                if (page.entries().isEmpty()) {
                    nothingUpTo(page.room().head());
                } else {
                    Entry entry = page.entries().get(0);
                    byte[] body = with.encoding().encode(from.name(), entry);
                    settle(entry, mine.send(headers(from.epoch() + ":" + entry.seq(), body), body));
                }
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException e) {
            failed(mine.isAborted() ? "did not answer in time" : Post.reason(e));
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "what a webhook is to be sent cannot be read now", e);
            failed("cannot be sent what the store does not give; the server's log may say why");
        } catch (InterruptedException | RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the server stops, or reads too much already", e);
            later(STORE_PAUSE, this::attempt);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "an attempt of webhook " + hook.id() + " failed", e);
            failed("failed by a fault of this server; its log says more");
        }
    }

    private synchronized @Nullable Room begun(Post mine) {
        if (state != State.BUSY) {
            return null;
        }
        post = mine;
        if (failures > 0) {
            with.meters().retries.increment();
        }
        return room;
    }

    /**
     * The next entry, always from the log and when all is ready to send it: what was erased since an earlier attempt, or while this one connected,
     * is not there any more.
     */
    private RoomLog.Page read(Room from) throws InterruptedException, ExecutionException, TimeoutException {
        long after = sent();
        while (true) {
            long erasures = from.erasures();
            RoomLog.Page page = CompletableFuture.supplyAsync(
                            () -> with.log().after(from.id(), after, 1, Integer.MAX_VALUE), with.readers())
                    .get(with.ways().bounds().attempt().toMillis(), TimeUnit.MILLISECONDS);
            if (erasures == from.erasures()) {
                return page;
            }
        }
    }

    private Map<String, String> headers(String id, byte[] body) {
        long seconds = with.clock().instant().getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", with.userAgent());
        headers.put("Content-Type", "application/json");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put("webhook-signature", Signature.of(hook.secret(), id, seconds, body));
        return headers;
    }

    private void settle(Entry entry, Outcome outcome) {
        if (outcome instanceof Outcome.Taken) {
            taken(entry);
        } else if (outcome instanceof Outcome.Gone) {
            LOG.log(Level.WARNING, "webhook {0} to {1} is not wanted any more (410): it is ended", hook.id(), target);
            with.gone().accept(this);
        } else if (outcome instanceof Outcome.Failed failed) {
            failed(failed.reason());
        } else {
            throw new IllegalStateException("no rule for " + outcome.getClass());
        }
    }

    private void taken(Entry entry) {
        int before;
        synchronized (this) {
            if (state == State.ENDED) {
                return;
            }
            position = new Position(position.epoch(), entry.seq());
            moved = true;
            before = failures;
            failures = 0;
            post = null;
            state = State.IDLE;
        }
        with.meters().delivered.increment();
        if (before > 0) {
            LOG.log(Level.INFO, "webhook {0} to {1} is well again, after {2} attempts", hook.id(), target, before);
        }
        wake();
    }

    private void failed(String why) {
        int so;
        String plain = new Outcome.Failed(why).reason();
        synchronized (this) {
            if (state == State.ENDED) {
                return;
            }
            failures++;
            so = failures;
            reason = plain;
            post = null;
            if (so == 1) {
                failingSince = with.clock().instant();
            }
        }
        with.meters().failed.increment();
        LOG.log(
                so == 1 ? Level.WARNING : Level.DEBUG,
                "webhook {0} to {1} {2}; it is tried again, less and less often",
                hook.id(),
                target,
                plain);
        later(with.ways().bounds().pause(so, with.random()), this::attempt);
    }

    private void later(Duration pause, Runnable what) {
        synchronized (this) {
            if (state == State.ENDED) {
                return;
            }
            state = state == State.STARTING ? State.STARTING : State.WAITING;
        }
        try {
            Future<?> planned = with.timer().schedule(() -> goOn(what), pause.toMillis(), TimeUnit.MILLISECONDS);
            synchronized (this) {
                next = planned;
            }
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the server stops", e);
        }
    }

    private void goOn(Runnable what) {
        synchronized (this) {
            if (state == State.ENDED) {
                return;
            }
            state = state == State.STARTING ? State.STARTING : State.BUSY;
        }
        what.run();
    }

    /** Entries that are kept no more cannot be sent. */
    private void nothingUpTo(long head) {
        synchronized (this) {
            if (state != State.BUSY) {
                return;
            }
            position = new Position(position.epoch(), Math.max(position.seq(), head));
            post = null;
            state = State.IDLE;
        }
        wake();
    }

    private synchronized long sent() {
        return position.seq();
    }

    private synchronized boolean isEnded() {
        return state == State.ENDED;
    }
}
