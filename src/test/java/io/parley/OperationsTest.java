package io.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.cli.CommandLine;
import io.parley.config.Setting;
import io.parley.config.SettingsTable;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/operations.md} and the unit, held against what there is. */
class OperationsTest {
    private static final Path DOCUMENT = Path.of("docs/operations.md");
    private static final Path UNIT = Path.of("src/main/systemd/parley.service");
    private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final Path JAVA = Path.of("/usr/bin/java");
    private static final Pattern DESCRIBED = Pattern.compile("^# HELP (\\S+) (.*)$", Pattern.MULTILINE);

    @TempDir
    Path folder;

    @Test
    void theTableOfSettingsIsThatOfTheCode() throws IOException {
        StringBuilder table = new StringBuilder("\n| setting | unless set | what |\n|---|---|---|\n");
        for (Setting<?> setting : new SettingsTable().all()) {
            table.append("| `%s`<br>`%s` | %s | %s: %s |%n"
                    .formatted(
                            setting.name(),
                            setting.variable(),
                            setting.preset().isEmpty() ? "" : "`" + setting.preset() + "`",
                            setting.meaning(),
                            setting.kind().allowed()));
        }
        assertEquals(table + "\n", section("settings"));
    }

    @Test
    void everyMetricIsNamedAndNoneThatIsNot() throws Exception {
        String scraped;
        try (EmbeddedParley server = EmbeddedParley.start(Map.of(), folder)) {
            HttpRequest request =
                    HttpRequest.newBuilder(server.base().resolve("metrics")).build();
            scraped = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        }
        Map<String, String> described = DESCRIBED
                .matcher(scraped)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2), (a, b) -> a, TreeMap::new));
        StringBuilder table = new StringBuilder("\n| metric | what |\n|---|---|\n");
        described.forEach((name, what) -> table.append("| `%s` | %s |%n".formatted(name, what.strip())));
        assertEquals(table + "\n", section("metrics"));
    }

    @Test
    void everyCommandIsNamed() throws IOException {
        String document = Files.readString(DOCUMENT);
        TreeSet<String> missing = CommandLine.help()
                .lines()
                .map(line -> line.strip().replaceFirst("java -jar parley.war (.*?)  .*", "| `$1` |"))
                .filter(call -> !document.contains(call))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(), missing);
    }

    @Test
    void systemdUnderstandsTheUnit() throws Exception {
        assumeTrue(
                Files.isExecutable(SYSTEMD_ANALYZE) && Files.isExecutable(JAVA),
                "no systemd, or no Java of the system");
        Process verify = new ProcessBuilder(SYSTEMD_ANALYZE.toString(), "verify", UNIT.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, verify.waitFor(), said);
        assertTrue(!said.contains(UNIT.getFileName().toString()), said);
    }

    private static String section(String name) throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf('\n', document.indexOf("<!-- " + name + ":"));
        int end = document.indexOf("<!-- end of " + name + " -->");
        assertTrue(begin > 0 && end > begin, () -> "no section for " + name);
        return document.substring(begin, end);
    }
}
