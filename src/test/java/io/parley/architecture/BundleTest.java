package io.parley.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What others wrote and the page's script contains is named where a release says what is in it, and their licences go with it. */
class BundleTest {
    private static final Path BUILT = Path.of("target", "page");
    private static final Path MODULES = BUILT.resolve("node_modules");

    /** The package of a file below {@code node_modules}, with its scope when it has one. */
    private static final Pattern MODULE = Pattern.compile("(?:^|/)node_modules/((?:@[^/]+/)?[^/]+)/");

    @Test
    void everyBundledLibraryIsNamedAsItIsAndNoOther() throws IOException {
        Set<String> bundled = bundled();
        assertFalse(bundled.isEmpty(), "nothing is bundled");
        assertEquals(
                bundled, listed().stream().map(one -> one.getString("name")).collect(Collectors.toSet()));
        for (JsonObject component : listed()) {
            JsonObject described =
                    object(MODULES.resolve(component.getString("name")).resolve("package.json"));
            String name = described.getString("name");
            String version = described.getString("version");
            assertEquals(name, component.getString("name"));
            assertEquals(version, component.getString("version"), name);
            assertEquals("pkg:npm/" + name + "@" + version, component.getString("purl"), name);
            assertEquals(described.getString("license"), licence(component), name);
        }
    }

    @Test
    void theWordsOfEveryLicenceGoWithTheScript() throws IOException {
        String shipped = Files.readString(BUILT.resolve("bundle").resolve("licences.txt"));
        for (String library : bundled()) {
            List<Path> licences = licences(MODULES.resolve(library));
            assertFalse(licences.isEmpty(), library + " has no licence");
            for (Path licence : licences) {
                String words = Files.readString(licence).replace("\r\n", "\n").strip();
                assertTrue(shipped.contains(words), () -> licence + " is not in licences.txt");
            }
        }
        assertTrue(
                Files.readString(BUILT.resolve("bundle").resolve("parley.js")).startsWith("/*! With libraries under"),
                "the script does not say where its licences are");
    }

    /** By the account of the bundler: what the script contains at least a byte of. */
    private static Set<String> bundled() throws IOException {
        JsonObject outputs = object(BUILT.resolve("bundled.json")).getJsonObject("outputs");
        Set<String> bundled = new TreeSet<>();
        for (String output : outputs.keySet()) {
            JsonObject inputs = outputs.getJsonObject(output).getJsonObject("inputs");
            for (String input : inputs.keySet()) {
                Matcher module = MODULE.matcher(input);
                if (module.find() && inputs.getJsonObject(input).getInt("bytesInOutput") > 0) {
                    bundled.add(module.group(1));
                }
            }
        }
        return bundled;
    }

    private static List<JsonObject> listed() throws IOException {
        String components = Files.readString(BUILT.resolve("libraries.json"));
        try (JsonReader reader = Json.createReader(new StringReader("[" + components + "]"))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }

    private static String licence(JsonObject component) {
        JsonArray licences = component.getJsonArray("licenses");
        assertEquals(1, licences.size());
        JsonObject licence = licences.getJsonObject(0);
        return licence.containsKey("expression")
                ? licence.getString("expression")
                : licence.getJsonObject("license").getString("id");
    }

    /** The one that holds for us, where there is a choice: Apache's, which the file without a suffix is. */
    private static List<Path> licences(Path module) throws IOException {
        try (Stream<Path> files = Files.list(module)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .toUpperCase(Locale.ROOT)
                            .matches("LICEN[SC]E(-MIT)?(\\.TXT|\\.MD)?"))
                    .toList();
        }
    }

    private static JsonObject object(Path file) throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            return reader.readObject();
        }
    }
}
