package io.parley.web;

import io.parley.http.Problem;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /health/live}: the process answers. {@code /health/ready}: it can take work, or says why not, with 503.
 *
 * <p>Thread-safe.
 */
public final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<Optional<String>> unready;

    /** @param unready why no work can be taken now, fit for strangers' eyes; empty when it can; does not block */
    public HealthServlet(Supplier<Optional<String>> unready) {
        this.unready = unready;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/live" -> answer(response, Optional.empty());
            case "/ready" -> answer(response, unready.get());
            default -> Problem.NOT_FOUND.answer().send(response);
        }
    }

    private static void answer(HttpServletResponse response, Optional<String> reason) throws IOException {
        JsonObjectBuilder body = Json.createObjectBuilder().add("status", reason.isEmpty() ? "up" : "down");
        reason.ifPresent(why -> body.add("reason", why));
        byte[] bytes = body.build().toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(reason.isEmpty() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
