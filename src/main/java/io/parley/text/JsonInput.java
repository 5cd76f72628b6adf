package io.parley.text;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One JSON object from a peer, bounded before anything is built from it. Immutable.
 *
 * <p>An absent field and one that is {@code null} are the same. A field of the wrong type is an {@link InvalidInput} that names it.
 */
public final class JsonInput {
    // Integers on the wire stay below 2^53 (protocol §1): 16 digits hold them all, and a number such as 1e999999999 is
    // never expanded.
    private static final int MOST_DIGITS = 16;
    private static final JsonProvider JSON = JsonProvider.provider();

    private final JsonObject object;

    private JsonInput(JsonObject object) {
        this.object = object;
    }

    /**
     * Reads one object.
     *
     * @param json at most as long as the door's frame limit
     * @param maxDepth how deep objects and arrays may nest
     * @throws InvalidInput when it is not one object, or nests deeper
     */
    public static JsonInput parse(String json, int maxDepth) {
        checkDepth(json, maxDepth);
        try (JsonParser parser = JSON.createParser(new StringReader(json))) {
            if (parser.hasNext() && parser.next() == JsonParser.Event.START_OBJECT) {
                JsonInput input = new JsonInput(parser.getObject());
                if (!parser.hasNext()) {
                    return input;
                }
            }
        } catch (JsonParsingException e) {
            throw new InvalidInput(
                    "json", "not JSON: see column " + e.getLocation().getColumnNumber());
        } catch (RuntimeException e) {
            // The parser has exceptions of many kinds for what it will not take: numbers of thousands of digits, say.
            throw new InvalidInput("json", "not JSON that can be read");
        }
        throw new InvalidInput("json", "one JSON object was expected");
    }

    /** Any one value, as the field {@code field} of an object; empty when the text is no JSON, or deeper than it may be. */
    public static Optional<JsonInput> any(String field, String json, int maxDepth) {
        try {
            checkDepth(json, maxDepth);
            try (JsonParser parser = JSON.createParser(new StringReader(json))) {
                parser.next();
                JsonValue value = parser.getValue();
                return parser.hasNext()
                        ? Optional.empty()
                        : Optional.of(new JsonInput(
                                JSON.createObjectBuilder().add(field, value).build()));
            }
        } catch (RuntimeException e) {
            // As above: of many kinds.
            return Optional.empty();
        }
    }

    /** A string that must be there. */
    public String requiredString(String field) {
        return string(field).orElseThrow(() -> new InvalidInput(field, field + " is missing"));
    }

    public Optional<String> string(String field) {
        Optional<JsonValue> value = value(field);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof JsonString string) {
            return Optional.of(string.getString());
        }
        throw new InvalidInput(field, field + " must be a string");
    }

    /** An integer from 0 to 2^53 − 1 that must be there. */
    public long requiredInteger(String field) {
        return integer(field).orElseThrow(() -> new InvalidInput(field, field + " is missing"));
    }

    /** An integer from 0 to 2^53 − 1. */
    public OptionalLong integer(String field) {
        Optional<JsonValue> value = value(field);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.get() instanceof JsonNumber number) {
            BigDecimal decimal = number.bigDecimalValue();
            if (decimal.signum() >= 0 && decimal.scale() == 0 && decimal.precision() <= MOST_DIGITS) {
                long whole = decimal.longValue();
                if (whole < 1L << 53) {
                    return OptionalLong.of(whole);
                }
            }
        }
        throw new InvalidInput(field, field + " must be an integer from 0 to 2^53 - 1");
    }

    /** Whether the field is there, and not {@code null}. */
    public boolean has(String field) {
        return value(field).isPresent();
    }

    public boolean isString(String field) {
        return object.get(field) instanceof JsonString;
    }

    public boolean isObject(String field) {
        return object.get(field) instanceof JsonObject;
    }

    public Optional<Boolean> bool(String field) {
        Optional<JsonValue> value = value(field);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (value.get().getValueType()) {
            case TRUE -> Optional.of(true);
            case FALSE -> Optional.of(false);
            default -> throw new InvalidInput(field, field + " must be true or false");
        };
    }

    /** The strings of an array; none when it is not there. */
    public List<String> strings(String field) {
        Optional<JsonValue> value = value(field);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof JsonArray array
                && array.stream().allMatch(element -> element instanceof JsonString)) {
            return array.getValuesAs(JsonString::getString);
        }
        throw new InvalidInput(field, field + " must be an array of strings");
    }

    /**
     * Any value, as JSON in one line whose strings obey the text rules.
     *
     * @param maxBytes its longest form in UTF-8
     */
    public Optional<String> json(String field, int maxBytes) {
        Optional<JsonValue> value = value(field);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        checkTexts(field, value.get(), maxBytes);
        String json = value.get().toString();
        if (json.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw InvalidInput.tooLongInBytes(field, maxBytes);
        }
        return Optional.of(json);
    }

    private static void checkTexts(String field, JsonValue value, int maxUnits) {
        if (value instanceof JsonString string) {
            TextRules.check(field, string.getString(), maxUnits);
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> checkTexts(field, element, maxUnits));
        } else if (value instanceof JsonObject inner) {
            inner.forEach((key, element) -> {
                TextRules.check(field, key, maxUnits);
                checkTexts(field, element, maxUnits);
            });
        }
    }

    /** The objects of an array; none when it is not there. */
    public List<JsonInput> list(String field) {
        Optional<JsonValue> value = value(field);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof JsonArray array) {
            return array.stream().map(element -> object(field, element)).toList();
        }
        throw new InvalidInput(field, field + " must be an array of objects");
    }

    public Optional<JsonInput> object(String field) {
        Optional<JsonValue> value = value(field);
        return value.isEmpty() ? Optional.empty() : Optional.of(object(field, value.get()));
    }

    /** The objects in this one, whose keys are the sender's own; a fault is told of {@code field}, which holds them all. */
    public Map<String, JsonInput> objects(String field) {
        Map<String, JsonInput> objects = new LinkedHashMap<>();
        object.forEach((key, value) -> objects.put(key, object(field, value)));
        return objects;
    }

    private static JsonInput object(String field, JsonValue value) {
        if (value instanceof JsonObject inner) {
            return new JsonInput(inner);
        }
        throw new InvalidInput(field, field + " must hold an object");
    }

    private Optional<JsonValue> value(String field) {
        JsonValue value = object.get(field);
        return value == null || value == JsonValue.NULL ? Optional.empty() : Optional.of(value);
    }

    /** Counts brackets outside strings, so that a text of 100,000 of them costs one pass and no stack. */
    private static void checkDepth(String json, int maxDepth) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char unit = json.charAt(i);
            if (quoted) {
                if (unit == '\\') {
                    i++;
                } else if (unit == '"') {
                    quoted = false;
                }
            } else if (unit == '"') {
                quoted = true;
            } else if (unit == '{' || unit == '[') {
                if (++depth > maxDepth) {
                    throw new InvalidInput("json", "nested deeper than " + maxDepth);
                }
            } else if (unit == '}' || unit == ']') {
                depth--;
            }
        }
    }
}
