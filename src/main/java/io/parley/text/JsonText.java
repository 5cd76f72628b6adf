package io.parley.text;

import java.nio.charset.StandardCharsets;

/**
 * Writes JSON straight into text, without a tree. Confined to one thread.
 *
 * <p>Keys are the program's own and are not escaped; values are escaped as RFC 8259 §7 asks. What comes out has no newline, so
 * that one object is one line.
 */
public final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;
    private boolean first = true;

    public JsonText() {
        this(192);
    }

    public JsonText(int capacity) {
        out = new StringBuilder(capacity);
    }

    /** Opens an object: the whole, or an element of an array. */
    public JsonText object() {
        separate();
        return open('{');
    }

    /** Opens an object as the value of a key. */
    public JsonText object(String key) {
        writeKey(key);
        return open('{');
    }

    public JsonText endObject() {
        return close('}');
    }

    /** Opens an array that is the whole. */
    public JsonText array() {
        separate();
        return open('[');
    }

    /** Opens an array as the value of a key. */
    public JsonText array(String key) {
        writeKey(key);
        return open('[');
    }

    public JsonText endArray() {
        return close(']');
    }

    public JsonText field(String key, String value) {
        writeKey(key);
        string(value);
        return this;
    }

    public JsonText field(String key, long value) {
        writeKey(key);
        out.append(value);
        return this;
    }

    public JsonText field(String key, boolean value) {
        writeKey(key);
        out.append(value);
        return this;
    }

    /** A field whose key somebody else chose. */
    public JsonText anyField(String key, long value) {
        separate();
        string(key);
        out.append(':').append(value);
        return this;
    }

    /** A key whose value is JSON already. */
    public JsonText raw(String key, String json) {
        writeKey(key);
        out.append(json);
        return this;
    }

    /** A key, whose value is the object that is written next. */
    public JsonText key(String key) {
        writeKey(key);
        first = true;
        return this;
    }

    /** A string as an element of an array. */
    public JsonText element(String value) {
        separate();
        string(value);
        return this;
    }

    /** Something that is JSON already, as an element of an array. */
    public JsonText rawElement(String json) {
        separate();
        out.append(json);
        return this;
    }

    /** What was written, in UTF-8. */
    public byte[] utf8() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** How many UTF-16 code units were written so far. */
    public int length() {
        return out.length();
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private JsonText open(char bracket) {
        out.append(bracket);
        first = true;
        return this;
    }

    private JsonText close(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    private void writeKey(String key) {
        separate();
        out.append('"').append(key).append("\":");
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void string(String value) {
        out.append('"');
        int copied = 0;
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (unit < ' ' || unit == '"' || unit == '\\') {
                out.append(value, copied, i);
                escape(unit);
                copied = i + 1;
            }
        }
        out.append(value, copied, value.length()).append('"');
    }

    private void escape(char unit) {
        switch (unit) {
            case '"', '\\' -> out.append('\\').append(unit);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u00").append(HEX[unit >> 4]).append(HEX[unit & 15]);
        }
    }
}
