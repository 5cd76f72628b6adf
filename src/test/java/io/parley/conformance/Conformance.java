package io.parley.conformance;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** What every theme of the suite stands on. A class that tests a server implements the themes and names the server. */
public interface Conformance {
    /** What a server is set to, beside its data and port, unless a theme says otherwise. */
    Map<String, String> SETTINGS = Map.of(
            "parley.guests", "true",
            "parley.origins", "http://example.com",
            // Where a server cannot know what it is bound to, this is the whole list.
            "parley.hosts", "server.example.com,127.0.0.1,localhost",
            "parley.limits.postsPerSecond", "100000",
            "parley.limits.postsBurst", "100000");

    /** The server under test. */
    Server server();

    @AfterEach
    default void hangUp() throws Exception {
        server().hangUp();
    }
}
