package io.parley.embedded;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What is going on now, so that the server's end can wait for its end. Thread-safe. */
final class Live<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final Set<T> all = new HashSet<>();

    void add(T begun) {
        lock.lock();
        try {
            all.add(begun);
        } finally {
            lock.unlock();
        }
    }

    /** Does nothing for what has ended before. */
    void remove(T ended) {
        lock.lock();
        try {
            all.remove(ended);
            if (all.isEmpty()) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    List<T> all() {
        lock.lock();
        try {
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is none, for at most {@code patience}. */
    void awaitNone(Duration patience) {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (!all.isEmpty() && nanos > 0) {
                nanos = none.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
