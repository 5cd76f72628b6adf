package io.parley.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a body says that it is (RFC 9110 §8.3). Immutable.
 *
 * @param name such as {@code application/json}, in lower case; empty when nothing was said
 * @param utf8 whether its text is UTF-8, as far as it says
 */
public record MediaType(String name, boolean utf8) {
    public static MediaType of(HttpServletRequest request) {
        return parse(request.getContentType());
    }

    static MediaType parse(@Nullable String header) {
        if (header == null) {
            return new MediaType("", true);
        }
        String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
        boolean utf8 = true;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("charset=")) {
                String charset = parameter.substring("charset=".length()).replace("\"", "");
                utf8 = charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
            }
        }
        return new MediaType(parts[0].strip(), utf8);
    }

    /** Whether it is JSON, of whatever kind. */
    public boolean isJson() {
        return name.equals("application/json") || name.endsWith("+json");
    }
}
