package io.parley.embedded;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Memory for all bodies that are not whole yet. Thread-safe. */
final class BodyBudget {

    /** What a piece of a body costs beside its bytes, about: who sends them one by one shall not have more for it. */
    private static final int PIECE_BYTES = 256;

    private final long most;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** @param most bytes for all of them together */
    BodyBudget(long most) {
        this.most = most;
    }

    /** Bytes that are taken. */
    long used() {
        return used.get();
    }

    /** How many bodies were refused. */
    long refused() {
        return refused.get();
    }

    /** One connection's part of it; its body may be cut off by the connection's end while it grows. Thread-safe. */
    final class Share {

        private long began;
        private long pieces;
        private long held;
        private boolean ended;

        /**
         * Another piece has come.
         *
         * @param bytes how long the body now is
         * @return false when there is no room for it; nothing is held for it any more then
         */
        synchronized boolean grow(long bytes) {
            if (pieces == 0) {
                began = System.nanoTime();
            }
            pieces++;
            long wanted = ended ? 0 : bytes + pieces * PIECE_BYTES;
            boolean fits = used.addAndGet(wanted - held) <= most || wanted <= held;
            held = wanted;
            if (!fits) {
                refused.incrementAndGet();
                letGo();
            }
            return fits;
        }

        /** How long ago the first piece came; nothing before that. */
        synchronized Duration age() {
            return pieces == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - began);
        }

        /** The body is whole, or refused; another may follow. */
        synchronized void letGo() {
            used.addAndGet(-held);
            held = 0;
            pieces = 0;
        }

        /** The connection is closed. */
        synchronized void end() {
            ended = true;
            letGo();
        }
    }
}
