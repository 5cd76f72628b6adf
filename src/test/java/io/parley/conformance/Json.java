package io.parley.conformance;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.List;

/** JSON in a few words. Stateless. */
final class Json {
    private static final JsonProvider PROVIDER = JsonProvider.provider();

    private Json() {}

    /** An object of these keys and values, in turn. */
    static JsonObject object(Object... fields) {
        JsonObjectBuilder object = PROVIDER.createObjectBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            add(object, (String) fields[i], fields[i + 1]);
        }
        return object.build();
    }

    /** Reads one line, which holds one object and nothing else. */
    static JsonObject parse(String line) {
        try (JsonReader reader = PROVIDER.createReader(new StringReader(line))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            throw new AssertionError("not a JSON object: " + line, e);
        }
    }

    /** The objects of an array. */
    static List<JsonObject> objects(JsonObject in, String key) {
        JsonArray array = in.getJsonArray(key);
        return array.getValuesAs(JsonObject.class);
    }

    /** One field of every object of an array. */
    static List<String> strings(JsonObject in, String key, String field) {
        return objects(in, key).stream().map(object -> object.getString(field)).toList();
    }

    static long number(JsonObject in, String key) {
        return in.getJsonNumber(key).longValueExact();
    }

    private static void add(JsonObjectBuilder object, String key, Object value) {
        if (value instanceof String string) {
            object.add(key, string);
        } else if (value instanceof Boolean bool) {
            object.add(key, bool);
        } else if (value instanceof Number number) {
            object.add(key, number.longValue());
        } else {
            object.add(key, (JsonValue) value);
        }
    }
}
