package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every normative sentence of docs/protocol.md has a test, and every test that names a sentence names one that is there. */
class ProtocolCoverageTest {
    private static final Path PROTOCOL = Path.of("docs/protocol.md");

    /** Sentences that may be without a test until what they say is spoken; each goes from here with its first test. */
    private static final Set<String> BEING_BUILT = Set.of();

    @Test
    void everySentenceHasATestAndEveryIdASentence() throws IOException {
        Sentences sentences = new Sentences(Files.readString(PROTOCOL), CoveringTests.byId(), BEING_BUILT);
        assertTrue(sentences.places().size() > 100, "hardly a sentence found: nothing would be checked");
        assertEquals("", String.join("\n", sentences.complaints()));
    }

    @Test
    void whatDoesNotFitIsTold() {
        String text =
                "<a id=\"one\"></a>One. <a id=\"two\"></a>Two.\n<a id=\"two\"></a>Two again. <a id=\"new\"></a>New.\n";
        assertEquals(
                List.of(
                        "a test with an unknown id: three: ATest.a, BTest.b",
                        "an id that has a test and is listed as being built: new: [ATest.a]",
                        "an id that is there twice: two: line 1, Two.; line 2, Two again. New.",
                        "an id without a test: one: line 1, One. Two.",
                        "an unknown id that is listed as being built: old"),
                new Sentences(
                                text,
                                Map.of(
                                        "two",
                                        Set.of("ATest.a"),
                                        "three",
                                        new TreeSet<>(List.of("ATest.a", "BTest.b")),
                                        "new",
                                        Set.of("ATest.a")),
                                Set.of("new", "old"))
                        .complaints());
    }

    @Test
    void whatFitsIsNotToldOf() {
        String text = "<a id=\"one\"></a>One. <a id=\"two\"></a>Two.";
        assertEquals(List.of(), new Sentences(text, Map.of("one", Set.of("ATest.a")), Set.of("two")).complaints());
    }
}
