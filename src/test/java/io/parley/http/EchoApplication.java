package io.parley.http;

import io.parley.access.HandshakePolicy;
import io.parley.config.Limits;
import io.parley.config.Settings;
import io.parley.embedded.EmbeddedServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A door behind the entrance that says who it takes the caller for, and what the body was. */
final class EchoApplication implements ServletContextListener {
    static final int MOST_BYTES = 100_000;
    static final int LARGE_BYTES = 3_000_000;
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String LISTED = "https://listed.example.com";

    private final Filter before;

    private EchoApplication(Filter before) {
        this.before = before;
    }

    static EmbeddedServer start() {
        return start((request, response, chain) -> chain.doFilter(request, response));
    }

    /** With something before the entrance. */
    static EmbeddedServer start(Filter before) {
        Settings settings =
                new Settings("127.0.0.1", 0, Path.of("target"), true, Set.of(LISTED), Set.of(), Limits.defaults());
        return EmbeddedServer.start(settings, new EchoApplication(before));
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Entrance entrance = new Entrance(new HandshakePolicy(Set.of(LISTED), Set.of(), true));
        add(context, "before", before);
        add(context, "entrance", new EntranceFilter(entrance));
        ServletRegistration.Dynamic servlet = context.addServlet("echo", new Echo());
        servlet.setAsyncSupported(true);
        servlet.addMapping("/api/*");
    }

    private static void add(ServletContext context, String name, Filter filter) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    private static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            Call call = Call.begin(request, response, PATIENCE);
            switch (String.valueOf(request.getPathInfo())) {
                case "/large" -> call.answer(Answer.of(200, "text/plain", new byte[LARGE_BYTES]));
                case "/never" -> {
                    // Nobody answers.
                }
                case "/broken" ->
                    call.body(MOST_BYTES, body -> {
                        throw new IllegalStateException("secret");
                    });
                default -> call.body(MOST_BYTES, body -> answerElsewhere(call, body));
            }
        }

        /** As answers come in earnest: on a thread that is not the container's. */
        private static void answerElsewhere(Call call, byte[] body) {
            Caller caller = Caller.of(call.request());
            String said = "%s %s %s %s"
                    .formatted(
                            caller.credentials().token().orElse("-"),
                            caller.credentials().cookie().orElse("-"),
                            caller.credentials().name().orElse("-"),
                            new String(body, StandardCharsets.UTF_8));
            CompletableFuture<Void> unused = CompletableFuture.runAsync(
                    () -> call.answer(Answer.of(200, "text/plain", said.getBytes(StandardCharsets.UTF_8))));
        }
    }
}
