package io.parley;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What {@code java -jar parley.war} runs. Immutable. */
public final class Launcher {
    private Launcher() {}

    public static void main(String[] args) {
        System.out.println("Parley " + version());
    }

    private static String version() {
        try (InputStream in = Launcher.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is missing: compile with Maven");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
