package io.parley.http;

import io.parley.text.InvalidInput;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a query or a form, in UTF-8. Immutable.
 *
 * <p>The servlet API's own parameters would read the body of a form, and wait for it. A container bounds the length of an address, and
 * with it what may be here.
 */
public final class Query {
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,15}");

    private final Map<String, List<String>> fields;

    private Query(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    public static Query of(HttpServletRequest request) {
        return parse(request.getQueryString());
    }

    /**
     * Reads fields.
     *
     * @param encoded {@code application/x-www-form-urlencoded}; what is encoded wrongly is left out
     */
    public static Query parse(@Nullable String encoded) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        if (encoded != null) {
            for (String pair : encoded.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                try {
                    fields.computeIfAbsent(decode(name), key -> new ArrayList<>(1))
                            .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
                } catch (IllegalArgumentException e) {
                    // Nobody here asks for such a field.
                    fields.remove(name);
                }
            }
        }
        return new Query(fields);
    }

    /** The first value of a field. */
    public Optional<String> value(String name) {
        return values(name).stream().findFirst();
    }

    public List<String> values(String name) {
        return List.copyOf(fields.getOrDefault(name, List.of()));
    }

    /** A whole number, not negative. */
    public OptionalLong integer(String name) {
        Optional<String> value = value(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!INTEGER.matcher(value.get()).matches()) {
            throw new InvalidInput(name, name + " must be an integer, 0 or more");
        }
        return OptionalLong.of(Long.parseLong(value.get()));
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
