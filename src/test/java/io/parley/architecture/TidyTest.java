package io.parley.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Small files, small methods, nothing left for later; each violation as {@code path:line}. */
class TidyTest {
    static final int MAX_FILE_LINES = 400;

    private static final List<Path> JAVA =
            List.of(Path.of("src/main/java"), Path.of("src/test/java"), Path.of("bench/java"));
    private static final Path PAGE = Path.of("src/main/webapp");

    // Put together here so that this file does not accuse itself.
    private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    @Test
    void filesAreShortAndLeaveNothingForLater() throws IOException {
        List<String> violations = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (Path root : JAVA) {
            files.addAll(filesBelow(root, ".java"));
        }
        assertTrue(files.size() > 1, "no Java files found: nothing would be checked");
        files.addAll(filesBelow(PAGE, ".js"));
        files.addAll(filesBelow(PAGE, ".css"));
        files.addAll(filesBelow(PAGE, ".html"));
        for (Path file : files) {
            checkLines(file, violations);
        }
        assertEquals("", String.join("\n", violations));
    }

    @Test
    void javaIsTidy() throws IOException {
        List<String> violations = new ArrayList<>();
        for (Path root : JAVA) {
            violations.addAll(new TidyJava(filesBelow(root, ".java")).violations());
        }
        assertEquals("", String.join("\n", violations));
    }

    private static void checkLines(Path file, List<String> violations) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > MAX_FILE_LINES) {
            violations.add(file + ":" + (MAX_FILE_LINES + 1) + ": a file has at most " + MAX_FILE_LINES
                    + " lines, this one " + lines.size());
        }
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = LEFT_FOR_LATER.matcher(lines.get(i));
            if (matcher.find()) {
                violations.add(file + ":" + (i + 1) + ": " + matcher.group() + " left for later");
            }
        }
    }

    private static List<Path> filesBelow(Path root, String suffix) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
        }
    }
}
