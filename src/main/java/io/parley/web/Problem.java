package io.parley.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An error as {@code application/problem+json} (RFC 9457). */
enum Problem {
    NOT_FOUND(HttpServletResponse.SC_NOT_FOUND, "not_found", "There is nothing here."),
    METHOD_NOT_ALLOWED(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "bad_request", "This cannot be done here.");

    private final int status;
    private final String body;

    Problem(int status, String code, String title) {
        this.status = status;
        this.body = "{\"status\":%d,\"code\":\"%s\",\"title\":\"%s\"}".formatted(status, code, title);
    }

    void answer(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
