package io.parley.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may come as JSON, and what is refused without harm. */
class JsonInputTest {
    private static final int DEPTH = 4;

    @Test
    void anAbsentFieldAndNullAreTheSame() {
        JsonInput input = parse("{'a':null}");
        for (String field : List.of("a", "b")) {
            assertEquals(Optional.empty(), input.string(field));
            assertEquals(OptionalLong.empty(), input.integer(field));
            assertEquals(Optional.empty(), input.bool(field));
            assertTrue(input.object(field).isEmpty());
            assertEquals(field, fault(() -> input.requiredString(field)).field());
            assertEquals(field, fault(() -> input.requiredInteger(field)).field());
        }
    }

    @Test
    void anyOneValueIsTakenAndWhatIsMoreOrLessIsNone() {
        for (String json : List.of("1", " {\"a\":[]} ", "[1,2]", "\"x\"", "true")) {
            assertTrue(JsonInput.any("a", json, DEPTH).orElseThrow().has("a"), json);
        }
        for (String json : List.of("", "1,\"b\":2", "1]", "{}{}", "hello", "{\"a\"", "[[[[[]]]]]")) {
            assertTrue(JsonInput.any("a", json, DEPTH).isEmpty(), json);
        }
        JsonInput input = JsonInput.any("a", "{\"b\":\"c\"}", DEPTH).orElseThrow();
        assertTrue(input.isObject("a") && !input.isString("a"));
        assertTrue(input.object("a").orElseThrow().isString("b"));
    }

    @Test
    void anArrayOfObjectsIsReadOneByOne() {
        JsonInput input = parse("{'a':[{'b':1},{'b':2}],'c':[1],'d':{}}");
        assertEquals(
                List.of(1L, 2L),
                input.list("a").stream()
                        .map(object -> object.requiredInteger("b"))
                        .toList());
        assertEquals(List.of(), input.list("nothing"));
        assertEquals("c", fault(() -> input.list("c")).field());
        assertEquals("d", fault(() -> input.list("d")).field());
    }

    @Test
    void aFieldOfTheWrongTypeIsNamed() {
        JsonInput input = parse("{'a':[],'b':'x','c':1}");
        assertEquals("a", fault(() -> input.string("a")).field());
        assertEquals("a", fault(() -> input.object("a")).field());
        assertEquals("b", fault(() -> input.integer("b")).field());
        assertEquals("b", fault(() -> input.bool("b")).field());
        assertEquals("c", fault(() -> input.string("c")).field());
    }

    @Test
    void integersLieBetweenZeroAndTwoToTheFiftyThird() {
        assertEquals(0, parse("{'n':0}").requiredInteger("n"));
        assertEquals((1L << 53) - 1, parse("{'n':9007199254740991}").requiredInteger("n"));
        for (String number : List.of(
                "9007199254740992", "-1", "1.5", "1.0", "1e2", "1e999999999", "1e-999999999", "99999999999999999999")) {
            JsonInput input = parse("{'n':" + number + "}");
            assertEquals("n", fault(() -> input.integer("n")).field(), number);
        }
    }

    @Test
    void aNumberOfThousandsOfDigitsIsRefusedWhereverItStands() {
        String digits = "1".repeat(2_000);
        for (String json : List.of("{'n':" + digits + "}", "{'n':[1." + digits + "]}", "{'n':1e" + digits + "}")) {
            InvalidInput refused = fault(() -> parse(json).integer("n"));
            assertTrue(refused.explanation().length() < 100, refused.explanation());
        }
    }

    @Test
    void whatIsNotOneObjectIsRefused() {
        for (String json : List.of(
                "",
                " ",
                "[]",
                "1",
                "'a'",
                "null",
                "{",
                "}",
                "{'a'}",
                "{'a':1",
                "{}{}",
                "{} x",
                "{'a':01}",
                "nul",
                "{'a':'\n'}",
                "{'a':'\\x'}",
                "\u0000",
                "{'a':tru}",
                "{,}",
                "{'a':1,}")) {
            InvalidInput refused = fault(() -> parse(json));
            assertEquals("json", refused.field(), json);
        }
    }

    @Test
    void nestingIsBounded() {
        parse("{'a':[[[1]]]}");
        assertEquals("json", fault(() -> parse("{'a':[[[[1]]]]}")).field());
        assertEquals("json", fault(() -> parse("{'a':" + "[".repeat(100_000))).field());
        // Brackets in a string are text.
        assertEquals("[[[[[[{{{{", parse("{'a':'[[[[[[{{{{'}").requiredString("a"));
        assertEquals("\"[[[[[[", parse("{'a':'\\'[[[[[['}").requiredString("a"));
    }

    @Test
    void keysOfTheSendersOwnAreNotQuotedInARefusal() {
        JsonInput rooms = parse("{'rooms':{'a':{},'b':7}}").object("rooms").orElseThrow();
        InvalidInput refusal = assertThrows(InvalidInput.class, () -> rooms.objects("rooms"));
        assertEquals("rooms", refusal.field());
        assertEquals(Set.of("a"), parse("{'a':{}}").objects("rooms").keySet());
    }

    @Test
    void whateverComesIsReadOrRefused() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "{}[]\",:\\u0 1-+.eEtrufalsn\n\u0000\u4e2d";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder json = new StringBuilder("{\"a\":");
            for (int length = random.nextInt(24); length > 0; length--) {
                json.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            json.append(random.nextBoolean() ? "}" : "");
            try {
                JsonInput input = JsonInput.parse(json.toString(), DEPTH);
                Optional<JsonInput> inner = input.object("a");
                assertTrue(inner.isEmpty() || inner.get().objects("a").size() <= json.length());
            } catch (InvalidInput e) {
                assertTrue(e.explanation().length() < 200, "seed " + seed + ": " + json);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + json, e);
            }
        }
    }

    private static JsonInput parse(String json) {
        return JsonInput.parse(json.replace('\'', '"'), DEPTH);
    }

    private static InvalidInput fault(Runnable reading) {
        return assertThrows(InvalidInput.class, reading::run);
    }
}
