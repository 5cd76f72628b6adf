package io.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.text.Folding;
import io.parley.text.InvalidInput;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users can be called, and which names are the same. */
class UserNameTest {

    @ParameterizedTest
    @CsvSource({
        "Ann, Ann",
        "'  Ann ', Ann",
        "'Ann \t  Lee', Ann Lee",
        "Ａｎｎ, Ann",
        "O'Neil-Smith_3., O'Neil-Smith_3.",
        "李小龙, 李小龙",
        "Zoe\u0308, Zoë",
        "हिन्दी, हिन्दी"
    })
    void aNameIsTakenIntoNormalForm(String typed, String name) {
        assertEquals(name, UserName.parse(typed).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "!Ann",
                "a:b",
                "Ann:",
                "-Ann",
                ".Ann",
                "'Ann",
                "_Ann",
                "a\u0000",
                "a\u202eb",
                "a\u200bb",
                "a/b",
                "<b>",
                "a@b",
                "\ud83d\ude00",
                "\ud83d",
                "\u0301a",
                "a,b",
                "a;b"
            })
    void otherNamesAreRefused(String typed) {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> UserName.parse(typed));
        assertEquals("name", refused.field());
    }

    @Test
    void lineEndsAreWhiteSpaceLikeAnyOther() {
        assertEquals("Ann Lee", UserName.parse("Ann\nLee").value());
    }

    @Test
    void aNameHasAtMostThirtyTwoCharacters() {
        assertEquals(32, UserName.parse("a".repeat(32)).value().length());
        for (String typed : new String[] {"a".repeat(33), "a".repeat(100_000), "\ufdfa".repeat(3)}) {
            InvalidInput refused = assertThrows(InvalidInput.class, () -> UserName.parse(typed));
            assertTrue(refused.isTooLong());
        }
    }

    @ParameterizedTest
    @CsvSource({"Ann, ANN", "Straße, STRASSE", "Σίσυφος, ΣΊΣΥΦΟΣ", "ﬁn, FIN", "ǅ, ǆ"})
    void namesThatDifferByCaseAreTheSame(String one, String other) {
        assertEquals(UserName.parse(one).folded(), UserName.parse(other).folded());
    }

    @Test
    void aFoldedNameFoldsToItself() {
        for (String name : List.of("Stra\u1E9Ee", "STRASSE", "\u0130", "\u01C5")) {
            String once = Folding.fold(name);
            assertEquals(once, Folding.fold(once), name);
        }
        assertEquals(
                UserName.parse("Stra\u1E9Ee").folded(),
                UserName.parse("strasse").folded());
    }

    @Test
    @Covers("name-scripts")
    void aNameThatMixesScriptsIsRefusedAndToldHowToBeWritten() {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> UserName.parse("T\u043Em"));
        assertEquals("name", refused.field());
        assertTrue(refused.explanation().endsWith("try \"Tom\", which is all Latin"), refused.explanation());
        InvalidInput other = assertThrows(InvalidInput.class, () -> UserName.parse("Ann\u0436"));
        assertEquals("a name takes its letters from one of Latin, Greek and Cyrillic", other.explanation());
    }

    @Test
    void aNumberedNameIsStillAName() {
        assertEquals("Ann-2", new UserName("Ann").numbered(2).value());
        assertEquals(
                "a".repeat(29) + "-12",
                new UserName("a".repeat(32)).numbered(12).value());
        String beyond = "\uD840\uDC00".repeat(32);
        assertEquals(32, new UserName(beyond).numbered(9).value().codePoints().count());
    }

    @Test
    void otherNamesAreNot() {
        assertNotEquals(UserName.parse("Ann").folded(), UserName.parse("Anne").folded());
        assertNotEquals(UserName.parse("An n").folded(), UserName.parse("Ann").folded());
    }

    @Test
    void whatIsNotInNormalFormIsNoName() {
        assertThrows(IllegalArgumentException.class, () -> new UserName(""));
        assertThrows(IllegalArgumentException.class, () -> new UserName("a:b"));
        assertThrows(IllegalArgumentException.class, () -> new UserName("a".repeat(33)));
    }

    @Test
    void madeUpNamesAreNamesThatGrowRarer() {
        MadeUpNames madeUp = new MadeUpNames(new Random(1));
        for (int attempt = 0; attempt < 100; attempt++) {
            UserName name = madeUp.next(attempt);
            assertEquals(name, UserName.parse(name.value()));
        }
    }
}
