package io.parley.embedded;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The application's listener, with its failure kept and its end brought forward.
 *
 * <p>Grizzly logs what a listener throws and goes on, and destroys it only when its servlets are gone. Thread-safe.
 */
final class Application implements ServletContextListener {

    private final ServletContextListener listener;
    private final AtomicReference<@Nullable ServletContextEvent> running = new AtomicReference<>();
    private volatile @Nullable Throwable failure;

    Application(ServletContextListener listener) {
        this.listener = listener;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        running.set(event);
        try {
            listener.contextInitialized(event);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Throws what the listener threw. */
    void rethrow() {
        Throwable thrown = failure;
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    /** Destroys the application, once; also when its initialisation failed. */
    void destroy() {
        ServletContextEvent event = running.getAndSet(null);
        if (event != null) {
            listener.contextDestroyed(event);
        }
    }
}
