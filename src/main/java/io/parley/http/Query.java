package io.parley.http;

import io.parley.text.InvalidInput;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a query or a form, in UTF-8. Immutable.
 *
 * <p>The servlet API's own parameters would read the body of a form, and wait for it. A container bounds the length of an address, and
 * with it what may be here.
 */
public final class Query {
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,16}");

    /** No further than a number of JSON is exact everywhere (protocol §4). */
    private static final long GREATEST_INTEGER = (1L << 53) - 1;

    private final Map<String, List<String>> fields;
    private final Set<String> broken;

    private Query(Map<String, List<String>> fields, Set<String> broken) {
        this.fields = fields;
        this.broken = broken;
    }

    public static Query of(HttpServletRequest request) {
        return parse(request.getQueryString());
    }

    /**
     * Reads fields.
     *
     * @param encoded {@code application/x-www-form-urlencoded}; who asks for a field that is encoded wrongly is told so
     */
    public static Query parse(@Nullable String encoded) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Set<String> broken = new HashSet<>();
        if (encoded != null) {
            for (String pair : encoded.split("&", -1)) {
                int equals = pair.indexOf('=');
                Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
                Optional<String> value = equals < 0 ? Optional.of("") : decode(pair.substring(equals + 1));
                // Nobody here asks for a field whose very name cannot be read.
                name.ifPresent(field -> value.ifPresentOrElse(
                        read -> fields.computeIfAbsent(field, key -> new ArrayList<>(1))
                                .add(read),
                        () -> broken.add(field)));
            }
        }
        return new Query(fields, broken);
    }

    /**
     * The first value of a field.
     *
     * @throws InvalidInput when a value of it is encoded wrongly: to do as if it were not there would be to answer another question
     */
    public Optional<String> value(String name) {
        return values(name).stream().findFirst();
    }

    /**
     * All values of a field, in their order.
     *
     * @throws InvalidInput when one of them is encoded wrongly
     */
    public List<String> values(String name) {
        if (broken.contains(name)) {
            throw new InvalidInput(name, name + " is not encoded as addresses and forms are");
        }
        return List.copyOf(fields.getOrDefault(name, List.of()));
    }

    /** The first value of a field that is a mere wish: none where it is encoded wrongly. */
    Optional<String> wish(String name) {
        return broken.contains(name) ? Optional.empty() : value(name);
    }

    /** A whole number, from 0 to 2^53 - 1. */
    public OptionalLong integer(String name) {
        Optional<String> value = value(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!INTEGER.matcher(value.get()).matches() || Long.parseLong(value.get()) > GREATEST_INTEGER) {
            throw new InvalidInput(name, name + " must be an integer, 0 or more and below 2^53");
        }
        return OptionalLong.of(Long.parseLong(value.get()));
    }

    private static Optional<String> decode(String encoded) {
        try {
            return Optional.of(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
