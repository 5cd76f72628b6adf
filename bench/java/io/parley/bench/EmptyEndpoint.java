package io.parley.bench;

import io.parley.config.SettingsLoader;
import io.parley.embedded.EmbeddedServer;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;

/** The control for idle connections: the container that Parley brings along, with an endpoint that does nothing. */
@ServerEndpoint("/{room}")
public final class EmptyEndpoint {
    /** Serves it where the settings in the environment say, until the process is ended. */
    public static void main(String[] none) throws InterruptedException {
        EmbeddedServer.start(SettingsLoader.load(name -> null), new Registration());
        Thread.currentThread().join();
    }

    @OnMessage
    public void onMessage(String text, @PathParam("room") String room) {
        // That is the point.
    }

    /** Stateless. */
    private static final class Registration implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            Object container = event.getServletContext().getAttribute(ServerContainer.class.getName());
            try {
                ((ServerContainer) container).addEndpoint(EmptyEndpoint.class);
            } catch (DeploymentException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
