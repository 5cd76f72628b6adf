package io.parley;

import java.util.logging.LogManager;

/**
 * Keeps logging while the process ends.
 *
 * <p>The JDK's manager closes its handlers as soon as the process is told to end, at the same time as Parley begins to stop; what went wrong
 * in stopping would go unsaid. Public because the JDK makes it. Thread-safe.
 */
public final class LastingLogManager extends LogManager {

    private volatile boolean lasting;

    /** Made by the JDK, when {@code java.util.logging.manager} names it. */
    public LastingLogManager() {}

    /** From now on the handlers stay as they are. */
    void last() {
        lasting = true;
    }

    @Override
    public void reset() {
        if (!lasting) {
            super.reset();
        }
    }
}
