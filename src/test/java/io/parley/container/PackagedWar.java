package io.parley.container;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** {@code target/parley.war}, the file that users get, to be deployed in a container of the tests. Stateless. */
final class PackagedWar {
    private PackagedWar() {}

    /** The file itself; the settings lie in the data folder, where it finds them when it is deployed. */
    static WebArchive inFolderOf(String container, Map<String, String> settings) {
        settings(home(container).resolve("parley-data"), settings);
        return ShrinkWrap.create(ZipImporter.class, "parley.war")
                .importFrom(file().toFile())
                .as(WebArchive.class);
    }

    static Path file() {
        return new File(System.getProperty("test.war")).toPath();
    }

    /** Where the build has put a container. */
    static Path home(String container) {
        return Path.of(System.getProperty("test." + container + ".home"));
    }

    /** Writes {@code parley.properties}. */
    static void settings(Path data, Map<String, String> settings) {
        String lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Files.createDirectories(data);
            Files.writeString(data.resolve("parley.properties"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
