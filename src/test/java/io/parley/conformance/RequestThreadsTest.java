package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.EmbeddedParley;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests are asked by the container's threads alone: a container gives the object to the next peer when the one before has gone, whoever
 * still holds it.
 */
class RequestThreadsTest {
    private final Set<String> strangers = new ConcurrentSkipListSet<>();

    @Test
    void noThreadButTheContainersAsksARequest(@TempDir Path data) {
        try (EmbeddedParley parley =
                EmbeddedParley.start(Map.of("parley.guests", "true"), data, Clock.systemUTC(), this::watch)) {
            HttpApi http = new Server(parley.base()).http();
            String hook = new Operator(data).run("hook", "create", "den").get(1).substring(1);
            List<String> token = new Operator(data).run("token", "create", "Robot");
            HttpApi robot = http.bearer(token.get(1));
            String channel = token.get(0).replaceFirst(".*public id (\\w+).*", "$1");

            assertEquals(
                    200, http.post(hook, "application/json", "{\"text\":\"x\"}").status());
            assertEquals(
                    200, robot.post(channel + "/den/publish", "text/plain", "x").status());
            assertEquals(
                    201, robot.post("api/rooms/den/messages", "text/plain", "x").status());
            assertEquals(
                    304, robot.with("If-None-Match", "*").get("api/rooms/den").status());
            assertEquals(
                    200, robot.post("api/do", "text/plain", "{\"do\":\"ping\"}").status());
        }
        assertEquals(Set.of(), strangers);
    }

    private void watch(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter(
                "watch",
                (request, response, chain) -> chain.doFilter(new Watched((HttpServletRequest) request), response));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    /** Notes who asks what. */
    private final class Watched extends HttpServletRequestWrapper {
        Watched(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            note(name);
            return super.getHeader(name);
        }

        @Override
        public String getRemoteAddr() {
            note("the address");
            return super.getRemoteAddr();
        }

        @Override
        public String getMethod() {
            note("the method");
            return super.getMethod();
        }

        @Override
        public String getContextPath() {
            note("the context path");
            return super.getContextPath();
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            note("an attribute");
            return super.getAttribute(name);
        }

        private void note(String what) {
            String thread = Thread.currentThread().getName();
            if (!thread.startsWith("parley-http") && !thread.startsWith("parley-select")) {
                strangers.add(thread + " asks for " + what);
            }
        }
    }
}
