package io.parley.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** JSON that others can read, one object a line. */
class JsonTextTest {

    @Test
    void objectsAndArraysAreSeparatedByCommas() {
        JsonText out = new JsonText().object().field("a", 1L).field("b", true).field("c", "x");
        out.array("d").element("y").element("z").endArray();
        out.array("e").endArray();
        out.object("f").endObject();
        out.array("g").object().field("h", 2L).endObject().object().endObject().endArray();
        out.raw("i", "null")
                .array("j")
                .rawElement("3")
                .rawElement("[]")
                .endArray()
                .endObject();
        assertEquals(
                "{\"a\":1,\"b\":true,\"c\":\"x\",\"d\":[\"y\",\"z\"],\"e\":[],\"f\":{},\"g\":[{\"h\":2},{}],"
                        + "\"i\":null,\"j\":[3,[]]}",
                out.toString());
    }

    @Test
    void everyCharacterComesBackAsItWas() {
        for (int block = 0; block <= 0x2FFFF; block += 0x100) {
            StringBuilder text = new StringBuilder("a");
            for (int point = block; point < block + 0x100; point++) {
                if (point < 0xD800 || point > 0xDFFF) {
                    text.appendCodePoint(point).append('b');
                }
            }
            assertComesBack(text.toString());
        }
    }

    @Test
    void anyTextComesBackAsItWas() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028\ud83d\ude00中a";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                int[] points = alphabet.codePoints().toArray();
                text.appendCodePoint(points[random.nextInt(points.length)]);
            }
            assertComesBack(text.toString());
        }
    }

    @Test
    void lengthIsWhatWasWrittenSoFar() {
        JsonText out = new JsonText(1).object().field("a", "é");
        assertEquals(8, out.length());
        assertEquals(9, out.utf8().length);
    }

    private static void assertComesBack(String text) {
        String json = new String(
                new JsonText().object().field("text", text).endObject().utf8(), StandardCharsets.UTF_8);
        assertFalse(json.contains("\n") || json.contains("\r"), json);
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonObject read = reader.readObject();
            assertEquals(text, read.getString("text"));
        }
    }
}
