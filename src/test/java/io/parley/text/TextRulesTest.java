package io.parley.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which characters a text may hold. */
class TextRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "two\nlines\tand a tab", "\ud83d\ude00", "中文", "عربي", "e\u0301", "a\u2067b\u2069"})
    void whatPeopleWriteIsTakenAsItIs(String text) {
        assertSame(text, TextRules.check("text", text, 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\u0007",
                "\r",
                "\u001b[31m",
                "\u007f",
                "\u0085",
                "\u009b",
                "\ud83d",
                "\ude00",
                "\ude00\ud83d",
                "\ud83d\ud83d\ude00",
                "\u202d",
                "\u202e"
            })
    @Covers("text-refused")
    void controlsHalvesAndOverridesAreRefusedWhereverTheyStand(String bad) {
        for (String text : new String[] {bad, "a" + bad, bad + "a", "a" + bad + "\n"}) {
            InvalidInput refused = assertThrows(InvalidInput.class, () -> TextRules.check("topic", text, 100));
            assertEquals("topic", refused.field());
            assertFalse(refused.isTooLong());
            assertFalse(refused.explanation().contains(bad), "what was sent is not quoted");
        }
    }

    @Test
    @Covers("text-refused")
    void everyCharacterIsTakenOrRefusedAsTheProtocolSays() {
        for (int point = 0; point < 0x10000; point++) {
            char unit = (char) point;
            boolean refused = (Character.isISOControl(unit) && unit != '\n' && unit != '\t')
                    || Character.isSurrogate(unit)
                    || unit == 0x202D
                    || unit == 0x202E;
            assertEquals(!refused, isTaken(String.valueOf(unit)), "U+" + Integer.toHexString(point));
        }
    }

    @Test
    @Covers("hello-limits")
    void lengthIsCountedAsJavaScriptDoes() {
        assertEquals(4, TextRules.check("text", "\ud83d\ude00\ud83d\ude00", 4).length());
        InvalidInput refused =
                assertThrows(InvalidInput.class, () -> TextRules.check("text", "\ud83d\ude00\ud83d\ude00", 3));
        assertTrue(refused.isTooLong());
        assertTrue(refused.explanation().contains("3"));
    }

    private static boolean isTaken(String text) {
        try {
            TextRules.check("text", text, 1);
            return true;
        } catch (InvalidInput e) {
            return false;
        }
    }
}
