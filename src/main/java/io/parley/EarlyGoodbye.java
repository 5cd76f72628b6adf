package io.parley;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;

/**
 * Has Parley stop while the container's WebSockets are still open, so that {@code bye} can be said. Stateless.
 *
 * <p>Listeners end in the reverse order of their coming, those that initializers add being the last to come. Tomcat closes all
 * WebSockets as such a listener of its own ends, and lets its own initializers run before those of applications. Such a listener
 * may register nothing, so that it cannot take the place of {@link ParleyListener}.
 */
public final class EarlyGoodbye implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        context.addListener(new Ending());
    }

    /** Ends before all others. Stateless. */
    private static final class Ending implements ServletContextListener {
        @Override
        public void contextDestroyed(ServletContextEvent event) {
            if (event.getServletContext().getAttribute(ParleyListener.ATTRIBUTE) instanceof ParleyListener running) {
                running.contextDestroyed(event);
            }
        }
    }
}
