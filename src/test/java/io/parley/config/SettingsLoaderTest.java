package io.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsLoaderTest {

    /** Those that another limit keeps from growing by one. */
    private static final Set<String> BOUNDED_BY_OTHERS =
            Set.of("textLength", "frameBytes", "groupEntries", "postsPerSecond", "connectionsPerAddress");

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> context = new HashMap<>();

    @TempDir
    private Path data;

    @Test
    void withNothingSetThePresetsHold() {
        assertEquals(new Settings("127.0.0.1", 8080, data, true, Set.of(), Set.of(), Limits.defaults()), load());
    }

    @Test
    void aSystemPropertyWinsOverTheEnvironmentThatOverTheFileAndThatOverTheContext() throws IOException {
        context.put("parley.port", "1");
        assertEquals(1, load().port());
        file("parley.port=2");
        assertEquals(2, load().port());
        environment.put("PARLEY_PORT", "3");
        assertEquals(3, load().port());
        properties.put("parley.port", "4");
        assertEquals(4, load().port());
    }

    @Test
    void everyLimitIsASettingThatReachesItsComponent() throws ReflectiveOperationException {
        for (RecordComponent component : Limits.class.getRecordComponents()) {
            int preset = (int) component.getAccessor().invoke(Limits.defaults());
            int other = BOUNDED_BY_OTHERS.contains(component.getName()) ? preset - 1 : preset + 1;
            properties.clear();
            properties.put("parley.limits." + component.getName(), Integer.toString(other));

            Limits limits = load().limits();

            assertEquals(other, component.getAccessor().invoke(limits), component::getName);
            assertEquals(1, differences(limits), component::getName);
        }
    }

    @Test
    void theDataFolderMayBeSetAndItsFileIsRead(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("parley.properties"), "parley.guests = false \n");
        environment.put("PARLEY_DATA", other.toString());

        Settings settings = load();

        assertEquals(other, settings.data());
        assertFalse(settings.guests());
    }

    @Test
    void aTildeIsTheHomeOfWhoRunsIt() {
        environment.put("PARLEY_DATA", "~/chat");

        assertEquals(Path.of(System.getProperty("user.home"), "chat"), load().data());
    }

    @Test
    void listsAreSeparatedByCommasAndInLowerCase() {
        environment.put("PARLEY_ORIGINS", "https://Example.org, http://localhost:3000");
        environment.put("PARLEY_HOSTS", "chat.example.org,[::1],chat.example.org:8443");

        Settings settings = load();

        assertEquals(Set.of("https://example.org", "http://localhost:3000"), settings.origins());
        assertEquals(Set.of("chat.example.org", "[::1]", "chat.example.org:8443"), settings.hosts());
    }

    @Test
    void anAddressMayBeIpv6InBracketsOrWithout() {
        environment.put("PARLEY_HOST", "[::1]");
        assertEquals("::1", load().host());
        environment.put("PARLEY_HOST", "::1");
        assertEquals("::1", load().host());
    }

    @Test
    void whatDoesNotBeginLikeASettingIsNobodysBusiness() {
        environment.put("PARLEY_CHROMIUM", "/usr/bin/chromium");
        environment.put("PATH", "/usr/bin");
        properties.put("java.version", "17");

        assertEquals(8080, load().port());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            parley.port|80x|parley.port is "80x" (a system property); it must be a whole number from 0 to 65535
            parley.port|65536|parley.port is "65536" (a system property); it must be a whole number from 0 to 65535
            parley.port|''|parley.port is "" (a system property); it must be a whole number from 0 to 65535
            parley.host|a b|parley.host is "a b" (a system property); it must be an address of this machine or a name for it, without a port
            parley.host|a:80|parley.host is "a:80" (a system property); it must be an address of this machine or a name for it, without a port
            parley.data|''|parley.data is "" (a system property); it must be the path of a folder
            parley.guests|maybe|parley.guests is "maybe" (a system property); it must be true or false
            parley.origins|https://a/b|parley.origins is "https://a/b" (a system property); it must be origins such as https://example.org, without a path, separated by commas
            parley.hosts|https://a|parley.hosts is "https://a" (a system property); it must be host names such as chat.example.org, separated by commas
            parley.limits.page|0|parley.limits.page is "0" (a system property); it must be a whole number from 1 to 1000 (entries)
            parley.prot|1|parley.prot (a system property) is no setting; did you mean parley.port?
            parley.limits.textlength|1|parley.limits.textlength (a system property) is no setting; did you mean parley.limits.textLength?
            parley.colour|1|parley.colour (a system property) is no setting; --help lists them all
            parley.limits.textLength|90000|parley.limits.frameBytes must hold a text of textLength: at least 4 * textLength; parley.limits.textLength is 90000 (a system property), parley.limits.frameBytes is 131072 (preset)
            """)
    void whatIsWrongIsSaidInOneLine(String name, String value, String line) {
        properties.put(name, value);

        assertEquals(line, failure());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PARLEY_PORT|-1|parley.port is "-1" (PARLEY_PORT in the environment); it must be a whole number from 0 to 65535
            PARLEY_LIMITS_TEXT_LENGTH|no|parley.limits.textLength is "no" (PARLEY_LIMITS_TEXT_LENGTH in the environment); it must be a whole number from 1 to 100000 (UTF-16 code units)
            PARLEY_LIMITS_TEXTLENGTH|1|PARLEY_LIMITS_TEXTLENGTH (in the environment) is no setting; did you mean PARLEY_LIMITS_TEXT_LENGTH?
            """)
    void whatIsWrongInTheEnvironmentIsSaidInOneLine(String name, String value, String line) {
        environment.put(name, value);

        assertEquals(line, failure());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            parley.port=x|parley.port is "x" (parley.properties); it must be a whole number from 0 to 65535
            colour=red|colour (in parley.properties) is no setting; --help lists them all
            parley.ports=8080|parley.ports (in parley.properties) is no setting; did you mean parley.port?
            """)
    void whatIsWrongInTheFileIsSaidInOneLine(String content, String line) throws IOException {
        file(content);

        assertEquals(line, failure());
    }

    @Test
    void theFileCannotSayWhereItLies() throws IOException {
        file("parley.data=/elsewhere");

        assertEquals(
                "parley.data cannot be set in " + data.resolve("parley.properties") + ", which lies in that folder",
                failure());
    }

    @Test
    void aFileThatCannotBeReadIsSaidInOneLine() throws IOException {
        file("parley.port=\\u00zz");

        assertTrue(failure().startsWith(data.resolve("parley.properties") + " cannot be read: "), this::failure);
    }

    @Test
    void whatIsWrongInTheContextIsSaidInOneLine() {
        context.put("parley.port", "x");

        assertEquals(
                "parley.port is \"x\" (a context parameter); it must be a whole number from 0 to 65535", failure());
    }

    @Test
    void aLineStaysALineWhateverWasSet() {
        properties.put("parley.port", "1\n2\r" + "x".repeat(200));

        String line = failure();

        assertEquals(1, line.lines().count());
        assertTrue(line.length() < 200, line);
    }

    @Test
    void targetsOfWebhooksAreNamesAddressesAndNetworks() throws Exception {
        properties.put("parley.hookTargets", "CI.internal, 10.1.2.3,fd00::/8 , ");
        HookTargets targets = load().hookTargets();
        assertTrue(targets.allow("ci.internal", Network.literal("127.0.0.1").orElseThrow()));
        assertTrue(targets.allow("x", Network.literal("10.1.2.3").orElseThrow()));
        assertTrue(targets.allow("x", Network.literal("fd00::1").orElseThrow()));
        assertFalse(targets.allow("x", Network.literal("10.1.2.4").orElseThrow()));
        for (String wrong : List.of("10.0.0.0/33", "10.0.0", "http://x", "a b", "a/8", "-")) {
            properties.put("parley.hookTargets", wrong);
            assertTrue(failure().startsWith("parley.hookTargets is \"" + wrong), this::failure);
        }
    }

    @Test
    void proxiesAreAddressesAndNetworks() {
        properties.put("parley.proxies", "127.0.0.1, fd00::/8");
        assertEquals(
                List.of(
                        Network.read("127.0.0.1").orElseThrow(),
                        Network.read("fd00::/8").orElseThrow()),
                load().proxies());
        for (String wrong : List.of("localhost", "10.0.0.0/33", "10.0.0", "*")) {
            properties.put("parley.proxies", wrong);
            assertTrue(failure().startsWith("parley.proxies is \"" + wrong), this::failure);
        }
    }

    @Test
    void everyPresetIsAllowed() {
        for (Setting<?> setting : new SettingsTable().all()) {
            assertTrue(setting.kind().read(setting.preset()).isPresent(), setting::name);
        }
    }

    private Settings load() {
        return new SettingsLoader(properties, environment, context::get, data).load();
    }

    private String failure() {
        return assertThrows(StartFailure.class, this::load).line();
    }

    private void file(String content) throws IOException {
        Files.writeString(data.resolve("parley.properties"), content + "\n");
    }

    private static long differences(Limits limits) throws ReflectiveOperationException {
        long count = 0;
        for (RecordComponent component : Limits.class.getRecordComponents()) {
            if (!component
                    .getAccessor()
                    .invoke(limits)
                    .equals(component.getAccessor().invoke(Limits.defaults()))) {
                count++;
            }
        }
        return count;
    }
}
