package io.parley.transport.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.access.ConnectionQuota;
import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.config.Limits;
import io.parley.delivery.Audience;
import io.parley.delivery.CloseReason;
import io.parley.delivery.Delivery;
import io.parley.delivery.Opening;
import io.parley.delivery.Subprotocol;
import io.parley.http.Call;
import io.parley.http.Caller;
import io.parley.http.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The door at {@code /api/events}: what its requests are served with. Thread-safe. */
public final class EventsDoor {
    /** The attribute of a request that holds what is to be run when its peer has gone, for servers that notice. */
    public static final String GONE = EventsDoor.class.getName() + ".gone";

    private static final Logger LOG = System.getLogger(EventsDoor.class.getName());
    // Once a second somebody looks whether it is time.
    private static final Duration COMMENT_EVERY = Duration.ofSeconds(14);
    private static final Duration NO_COMMENTS = Duration.ofDays(1);
    // A plain poll of a room that is not in memory waits for the store, if not for ever.
    private static final int PATIENCE_WITH_THE_STORE_SECONDS = 10;
    private static final long COME_LATER_MILLIS = 5_000;

    private final Delivery delivery;
    private final Subprotocol subprotocol;
    private final ConnectionQuota quota;
    private final Limits limits;
    private final ScheduledExecutorService timer;
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final Counter refused;
    private volatile boolean closed;

    /**
     * @param subprotocol whose lines are told
     * @param timer ends polls that have waited long enough
     */
    public EventsDoor(
            Delivery delivery,
            Subprotocol subprotocol,
            ConnectionQuota quota,
            Limits limits,
            ScheduledExecutorService timer,
            MeterRegistry meters) {
        this.delivery = delivery;
        this.subprotocol = subprotocol;
        this.quota = quota;
        this.limits = limits;
        this.timer = timer;
        this.refused = Counter.builder("parley.events.refused")
                .description("polls and event streams refused since there were too many connections")
                .register(meters);
        Gauge.builder("parley.events.polls", polls, AtomicInteger::get)
                .description("polls that wait for something to come")
                .register(meters);
        Gauge.builder("parley.events.streams", streams, AtomicInteger::get)
                .description("event streams that are open")
                .register(meters);
    }

    /** Lets nobody in any more; who is in is told goodbye by delivery. */
    public void close() {
        closed = true;
    }

    Limits limits() {
        return limits;
    }

    void poll(Call call, Asked asked) {
        Visit visit = admit(call, polls);
        if (visit == null) {
            return;
        }
        Poll poll = new Poll(visit, asked, subprotocol);
        int seconds = asked.waitSeconds() == 0 ? PATIENCE_WITH_THE_STORE_SECONDS : asked.waitSeconds();
        try {
            visit.endsBy(timer.schedule(visit::end, seconds, TimeUnit.SECONDS));
            Audience audience = new Audience(false, asked.client().isPresent(), NO_COMMENTS);
            visit.has(delivery.listen(poll, subprotocol, poll, opening(call, visit), audience));
        } catch (RuntimeException e) {
            visit.over();
            throw e;
        }
        leaveIfClosed(visit);
    }

    void stream(Call call, HttpServletResponse response, Asked asked) {
        Visit visit = admit(call, streams);
        if (visit == null) {
            return;
        }
        Stream stream = new Stream(visit, response, asked, subprotocol);
        try {
            Audience audience = new Audience(true, asked.client().isPresent(), COMMENT_EVERY);
            visit.has(delivery.listen(stream, subprotocol, stream, opening(call, visit), audience));
        } catch (RuntimeException e) {
            visit.over();
            throw e;
        }
        leaveIfClosed(visit);
    }

    private static Opening opening(Call call, Visit visit) {
        return new Opening(Caller.of(call.request()).credentials(), Optional.empty(), visit.address());
    }

    /** Gives a request its place; null when it was answered with a no. */
    private @Nullable Visit admit(Call call, AtomicInteger counted) {
        if (closed) {
            call.answer(Problem.of(Refusal.unavailable()));
            return null;
        }
        String address = call.remote();
        if (!quota.acquire(address)) {
            refused.increment();
            // Whoever is refused asks again at once: that must not fill a disk.
            LOG.log(Level.DEBUG, "too many connections; a request for events from {0} was refused", address);
            call.answer(Problem.of(
                    Refusal.later(ErrorCode.TOO_MANY, "too many connections; come back later", COME_LATER_MILLIS)));
            return null;
        }
        Visit visit = new Visit(call, quota, address, counted);
        try {
            listen(call, visit);
        } catch (RuntimeException e) {
            // The peer may have gone, and the container have taken the request back: its place must not go with it.
            visit.over();
            throw e;
        }
        return visit;
    }

    private static void listen(Call call, Visit visit) {
        call.request().setAttribute(GONE, (Runnable) visit::over);
        try {
            call.request().getAsyncContext().addListener(visit);
        } catch (IllegalStateException e) {
            // After the body of a POST has been waited for, some containers take no listeners any more.
            LOG.log(Level.DEBUG, "the end of a request will be noticed later", e);
        }
    }

    /** Who came in while the door was being closed may have missed the goodbye. */
    private void leaveIfClosed(Visit visit) {
        if (closed) {
            visit.close(CloseReason.GOING_AWAY);
            visit.refused(Problem.of(Refusal.unavailable()));
        }
    }
}
