package io.parley.embedded;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The timer of Tyrus' sessions, which does nothing for what has no delay.
 *
 * <p>A session without idle time-out schedules a task with the delay 0 or −1 at every message, sent or received, and the task then
 * sees that it has nothing to do. That was half of the CPU of a broadcast. Thread-safe.
 */
final class SessionTimer extends ScheduledThreadPoolExecutor {

    private final ScheduledFuture<?> nothing;

    SessionTimer() {
        super(1, task -> {
            Thread thread = new Thread(task, "parley-websocket-timer");
            thread.setDaemon(true);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
        nothing = super.schedule(() -> {}, 1, TimeUnit.DAYS);
        nothing.cancel(false);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return delay <= 0 ? nothing : super.schedule(task, delay, unit);
    }
}
