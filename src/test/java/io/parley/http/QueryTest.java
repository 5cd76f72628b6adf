package io.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.text.InvalidInput;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Queries, and what bodies say that they are. */
final class QueryTest {
    @Test
    void fieldsAreDecodedAndKeptInTheirOrder() {
        Query query = Query.parse("r=a&r=b%2Bc+d&empty&name=%E8%8C%B6&r=&broken=%zz");

        assertEquals(List.of("a", "b+c d", ""), query.values("r"));
        assertEquals(Optional.of("茶"), query.value("name"));
        assertEquals(Optional.of(""), query.value("empty"));
        assertEquals(Optional.empty(), query.value("broken"));
        assertEquals(Optional.empty(), Query.parse(null).value("r"));
    }

    @Test
    void numbersAreWholeAndNotNegative() {
        Query query = Query.parse("a=17&b=-1&c=1.5&d=1e3&e=9999999999999999");

        assertEquals(OptionalLong.of(17), query.integer("a"));
        assertEquals(OptionalLong.empty(), query.integer("f"));
        for (String field : List.of("b", "c", "d", "e")) {
            assertEquals(
                    field,
                    assertThrows(InvalidInput.class, () -> query.integer(field)).field());
        }
    }

    @Test
    void aMediaTypeIsReadWithoutItsParameters() {
        assertEquals(
                "application/json",
                MediaType.parse("Application/JSON ; charset=\"UTF-8\"").name());
        assertTrue(MediaType.parse("application/problem+json").isJson());
        assertTrue(MediaType.parse("text/plain;charset=us-ascii").utf8());
        assertFalse(MediaType.parse("text/plain; charset=iso-8859-1").utf8());
        assertFalse(MediaType.parse(null).isJson());
    }

    @Test
    void anEntityTagIsComparedWeakly() {
        String tag = '"' + EntityTag.of(new byte[] {1}) + '"';

        assertTrue(EntityTag.matches("\"other\", W/" + tag, tag));
        assertTrue(EntityTag.matches("*", tag));
        assertFalse(EntityTag.matches("\"other\"", tag));
        assertFalse(EntityTag.matches(null, tag));
        assertFalse(tag.equals('"' + EntityTag.of(new byte[] {2}) + '"'));
    }
}
