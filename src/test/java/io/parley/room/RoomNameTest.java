package io.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.text.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names rooms can have, and which names are the same. */
class RoomNameTest {

    @ParameterizedTest
    @CsvSource({
        "lobby, lobby",
        "Lobby, lobby",
        "'  lobby ', lobby",
        "v1.2_beta-3, v1.2_beta-3",
        "0, 0",
        "大厅, 大厅",
        "ＬＯＢＢＹ, lobby",
        "ﬁnance, finance",
        "STRASSE, strasse",
        "Straße, strasse",
        "STRAẞE, strasse",
        "ΣΊΣΥΦΟΣ, σίσυφος"
    })
    @Covers("room-name")
    void aNameIsFolded(String typed, String name) {
        assertEquals(name, RoomName.parse(typed).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ΣΊΣΥΦΟΣ", "Straße", "ﬁnance", "大厅", "é", "e\u0301", "ǅ", "İstanbul1", "ẞ"})
    void foldingANameAgainChangesNothing(String typed) {
        String once;
        try {
            once = RoomName.parse(typed).value();
        } catch (InvalidInput e) {
            return;
        }
        assertEquals(once, RoomName.parse(once).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "-a",
                "_a",
                "a b",
                "a/b",
                "a:b",
                "#lobby",
                "a\nb",
                "\u202elobby",
                "a\u200db",
                "..",
                "\u0301a",
                "\ud83d",
                "\ud83d\ude00",
                "a\u0000"
            })
    @Covers("room-name")
    void otherNamesAreRefusedWithoutBeingQuoted(String typed) {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> RoomName.parse(typed));
        assertEquals("room", refused.field());
    }

    @Test
    @Covers("room-name")
    void aNameHasAtMostSixtyFourCharacters() {
        assertEquals(64, RoomName.parse("a".repeat(64)).value().length());
        assertThrows(InvalidInput.class, () -> RoomName.parse("a".repeat(65)));
        assertThrows(InvalidInput.class, () -> RoomName.parse(" ".repeat(1_000_000)));
        // One character that NFKC takes apart into eighteen.
        assertThrows(InvalidInput.class, () -> RoomName.parse("\ufdfa".repeat(100)));
    }

    @Test
    void whatIsNotInNormalFormIsNoName() {
        assertThrows(IllegalArgumentException.class, () -> new RoomName("a b"));
        assertThrows(IllegalArgumentException.class, () -> new RoomName(""));
        assertTrue(new RoomName("a").compareTo(new RoomName("b")) < 0);
    }
}
