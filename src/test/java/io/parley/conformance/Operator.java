package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.cli.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Gives commands to the server that runs on a data folder. Immutable. */
record Operator(Path data) {

    /** What a command prints, which must succeed. */
    List<String> run(String... words) {
        return given(0, words).out();
    }

    /** What a command that is refused complains of. */
    String refused(String... words) {
        return given(1, words).err();
    }

    private record Said(List<String> out, String err) {}

    private Said given(int code, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(
                code,
                CommandLine.run(List.of(words), () -> data, new PrintStream(out, true), new PrintStream(err, true)),
                err::toString);
        return new Said(out.toString(StandardCharsets.UTF_8).lines().toList(), err.toString(StandardCharsets.UTF_8));
    }
}
