package io.parley.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.EmbeddedParley;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every way in through a real nginx, set up as {@code docs/deploy.md} says, with its own time-outs and under another path. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NginxIT
        implements EventsConformance,
                StreamConformance,
                JoinConformance,
                PostConformance,
                SignalConformance,
                ChatConformance,
                QuietConformance {
    private static final Path DOCUMENT = Path.of("docs/deploy.md");

    private final EmbeddedParley parley;
    private final @Nullable Nginx nginx;
    private final Server server;

    NginxIT(@TempDir Path folder) throws IOException {
        parley = EmbeddedParley.start(SETTINGS, folder.resolve("data"));
        nginx = Nginx.start(folder, lines(), parley.base().getPort()).orElse(null);
        int port = nginx == null ? 0 : nginx.port();
        server = new Server(URI.create("http://127.0.0.1:" + port + "/talk/"));
    }

    @Override
    public Server server() {
        assumeTrue(nginx != null, "no nginx here");
        return server;
    }

    @AfterAll
    void stop() {
        if (nginx != null) {
            nginx.close();
        }
        parley.close();
    }

    @Override
    public String accelBuffering() {
        // nginx does as it says, and keeps it to itself.
        return "";
    }

    /** What {@code docs/deploy.md} shows. */
    private static String lines() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf('\n', document.indexOf("```nginx")) + 1;
        return document.substring(begin, document.indexOf("```", begin));
    }
}
