package io.parley.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts look the same. The letters are spelt in ASCII, since they cannot be told apart in print. */
class LookalikesTest {

    @ParameterizedTest
    @CsvSource({
        "coco, \u0441\u043E\u0441\u043E, all Cyrillic",
        "COCO, \u0441\u043E\u0441\u043E, of another case",
        "paypal, paypaI, the capital I and the small l",
        "PayPal, paypaI, and of another case",
        "Bob, B0b, a nought",
        "lan, 1an, a one",
        "Tom, Torn, r and n",
        "KAT, \u039A\u0391\u03A4, all Greek",
        "AHH, \u13AA\u13BB\u13BB, Cherokee",
        "Ann, A\uFE0Fnn, a mark that is not seen",
        "\u00E9, e\u0301, composed and not"
    })
    void theseLookTheSame(String one, String other, String how) {
        assertEquals(Lookalikes.looks(one), Lookalikes.looks(other), how);
    }

    @ParameterizedTest
    @CsvSource({"Ann, Anna", "Ann, Ben", "\u00E9, e", "mel, mei", "Zoe, Zo\u00EB", "\u674E, \u674F", "8, 9"})
    void theseDoNot(String one, String other) {
        assertNotEquals(Lookalikes.looks(one), Lookalikes.looks(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P\u0430ypal", "\u0410nna", "\u0391lex", "\u0414\u03B1", "a-\u0431"})
    void theseMixScripts(String text) {
        assertTrue(Lookalikes.mixesScripts(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zo\u00EB",
                "\u0414\u0438\u043C\u0430 2",
                "\u03A3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C2",
                "Li \u674E",
                "12-3",
                "",
                "\u0905\u0928"
            })
    void theseDoNotMixThem(String text) {
        assertFalse(Lookalikes.mixesScripts(text));
    }

    @Test
    void onlyDoublesAreWrittenInLatin() {
        assertEquals("Tom 0", Lookalikes.inLatin("T\u043Em 0"));
        assertEquals("a\u0436", Lookalikes.inLatin("\u0430\u0436"), "there is no Latin letter like that");
    }

    /** Unicode's own example (UTS #39, §4): two ways to write what is read as scope. */
    @Test
    void theTableIsUnicodes() {
        assertEquals(Lookalikes.looks("scope"), Lookalikes.looks("\u0455\u0441\u043E\u0440\u0435"));
        assertEquals(Lookalikes.looks("paypal"), Lookalikes.looks("\u0440\u0430\u0443\u0440\u0430\u04C0"));
    }
}
