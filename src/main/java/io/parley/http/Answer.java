package io.parley.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole answer. Immutable. Unless it says otherwise nobody may keep it.
 *
 * <p>The body is written out and given to nobody else.
 */
public final class Answer {
    private static final String CACHE_CONTROL = "Cache-Control";

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Something of a media type.
     *
     * @param body not to be changed any more
     */
    public static Answer of(int status, String mediaType, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", mediaType);
        headers.put(CACHE_CONTROL, "no-store");
        return new Answer(status, headers, body);
    }

    /**
     * JSON.
     *
     * @param json in UTF-8, not to be changed any more
     */
    public static Answer json(int status, byte[] json) {
        return of(status, "application/json", json);
    }

    /** Says nothing more than its status (RFC 9110 §15.3.5, §15.4.5). */
    public static Answer empty(int status) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(CACHE_CONTROL, "no-store");
        return new Answer(status, headers, new byte[0]);
    }

    /** The same with another header, or another value of it. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    public int status() {
        return status;
    }

    /** Sends it from the container's own thread, which may wait for the peer to read: for what is short. */
    public void send(HttpServletResponse response) throws IOException {
        begin(response);
        response.getOutputStream().write(body);
    }

    /** All but the body. */
    void begin(HttpServletResponse response) {
        response.setStatus(status);
        // Anew: a poll has waited since its request came.
        response.setDateHeader("Date", System.currentTimeMillis());
        headers.forEach(response::setHeader);
        if (status != HttpServletResponse.SC_NOT_MODIFIED && status != HttpServletResponse.SC_NO_CONTENT) {
            response.setContentLength(body.length);
        }
    }

    /** Not to be changed. */
    byte[] body() {
        return body;
    }
}
