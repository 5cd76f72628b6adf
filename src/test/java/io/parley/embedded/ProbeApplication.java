package io.parley.embedded;

import io.parley.config.Limits;
import io.parley.config.Settings;
import io.parley.transport.websocket.FrameChannel;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.jspecify.annotations.Nullable;

/** An application as a container would start it: servlets, a filter, endpoints, all registered by a listener. */
final class ProbeApplication implements ServletContextListener {

    static final int FRAME_BYTES = 128 * 1024;

    /** More than a socket with a small window takes, and less than may wait for it. */
    static final int LARGE_BYTES = 500_000;

    private static final String PEER = "peer";

    final BlockingQueue<Session> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<Optional<FrameChannel>> channels = new LinkedBlockingQueue<>();
    final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
    final BlockingQueue<AsyncContext> suspended = new LinkedBlockingQueue<>();
    final BlockingQueue<String> paths = new LinkedBlockingQueue<>();
    final BlockingQueue<String> destroyed = new LinkedBlockingQueue<>();
    private final OptionalInt refusal;

    ProbeApplication() {
        this(OptionalInt.empty());
    }

    ProbeApplication(OptionalInt refusal) {
        this.refusal = refusal;
    }

    static Settings settings(String host, int port) {
        return new Settings(host, port, Path.of("target"), true, Set.of(), Set.of(), Limits.defaults());
    }

    EmbeddedServer start() {
        return EmbeddedServer.start(settings("127.0.0.1", 0), this);
    }

    /** The next of a queue; fails when none comes. */
    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within 10 s");
        }
        return next;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        ServletRegistration.Dynamic page = context.addServlet("page", new Page());
        page.addMapping("/");
        ServletRegistration.Dynamic later = context.addServlet("later", new Later());
        later.addMapping("/later/*");
        later.setAsyncSupported(true);
        FilterRegistration.Dynamic filter = context.addFilter("filter", (request, response, chain) -> {
            ((HttpServletResponse) response).setHeader("X-Filtered", "yes");
            chain.doFilter(request, response);
        });
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        context.setAttribute(HandshakeGate.ATTRIBUTE, (HandshakeGate) handshake -> refusal);
        try {
            addEndpoint(context, "/chat");
            addEndpoint(context, "/");
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        destroyed.add("destroyed");
    }

    private void addEndpoint(ServletContext context, String path) throws DeploymentException {
        ServerContainer container = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        container.addEndpoint(ServerEndpointConfig.Builder.create(Talk.class, path)
                .subprotocols(List.of("chat"))
                .configurator(new Configurator())
                .build());
    }

    /** Echoes text and binary; {@code close CODE} closes. Public, since Tyrus calls it by reflection. */
    public final class Talk extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.setMaxTextMessageBufferSize(FRAME_BYTES);
            session.setMaxBinaryMessageBufferSize(FRAME_BYTES);
            session.setMaxIdleTimeout(-1);
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> echo(session, text));
            session.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>)
                    bytes -> session.getAsyncRemote().sendBinary(bytes, result -> {}));
            channels.add(Optional.ofNullable(FrameChannel.current()));
            opened.add(session);
        }

        private void echo(Session session, String text) {
            if (text.equals("thread")) {
                session.getAsyncRemote().sendText(Thread.currentThread().getName(), result -> {});
            } else if (text.startsWith("close ")) {
                close(session, Integer.parseInt(text.substring(6)));
            } else {
                String answer = text.equals("peer")
                        ? String.valueOf(session.getUserProperties().get(PEER))
                        : text;
                session.getAsyncRemote().sendText(answer, result -> {});
            }
        }

        private static void close(Session session, int code) {
            try {
                session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), "as asked"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onError(Session session, Throwable cause) {
            errors.add(cause);
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            closed.add(reason);
        }
    }

    private final class Configurator extends ServerEndpointConfig.Configurator {
        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new Talk());
        }

        @Override
        public boolean checkOrigin(@Nullable String origin) {
            return origin == null || !origin.contains("evil");
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            config.getUserProperties().put(PEER, request.getHttpSession());
            List<String> status = request.getParameterMap().get("status");
            if (status != null && response instanceof UpgradeResponse answer) {
                answer.setStatus(Integer.parseInt(status.get(0)));
            }
        }
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().equals("/")) {
                response.getWriter().print("page of " + request.getRemoteAddr());
            } else if (request.getRequestURI().equals("/large")) {
                response.getOutputStream().write(new byte[LARGE_BYTES]);
            } else {
                response.sendError(404);
            }
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getInputStream().readAllBytes().length + " bytes");
        }
    }

    /** Suspends, until a test completes it. */
    private final class Later extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            paths.add(String.valueOf(request.getPathInfo()));
            AsyncContext context = request.startAsync();
            context.setTimeout(0);
            suspended.add(context);
        }
    }
}
