package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.EmbeddedParley;
import io.parley.cli.CommandLine;
import io.parley.hooks.Receiver;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Outgoing webhooks of a whole server, as an operator makes and ends them (docs/protocol.md §5). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutgoingHooksConformanceTest {
    private final Path data;
    private final EmbeddedParley parley;
    private final Server server;

    OutgoingHooksConformanceTest(@TempDir Path data) {
        this.data = data;
        parley = EmbeddedParley.start(Map.of("parley.hookTargets", "127.0.0.0/8"), data);
        server = new Server(parley.base());
    }

    @AfterAll
    void stop() throws Exception {
        server.hangUp();
        parley.close();
    }

    @Test
    @Covers("hook-out-post")
    void whatAReaderSeesIsWhatIsSentByteForByte() throws Exception {
        try (Receiver receiver = Receiver.plain()) {
            HttpApi guest = server.http().guest();
            String room = guest.opened();
            String id = made(room, receiver.url());
            guest.post("api/rooms/" + room + "/messages", "text/plain", "\u4f60\u597d, \"you\"");
            Receiver.Request sent = receiver.await(1).get(0);
            String entries = guest.get("api/rooms/" + room + "/entries").body();
            assertTrue(entries.contains("[" + sent.body() + "]"), () -> entries + " has not " + sent.body());
            assertListed("^" + id + "  " + room + " +to " + receiver.url() + ", (up to date|1 behind)$");
            assertEquals(List.of("revoked " + id + " of " + room), command(0, "hook", "revoke", id));
            assertEquals(List.of(), command(0, "hook", "list"));
            guest.post("api/rooms/" + room + "/messages", "text/plain", "nobody hears this");
            assertEquals(1, receiver.requests().size());
        }
    }

    @Test
    void whatCannotBeIsSaidInALine() throws Exception {
        assertRefused("there is no room nowhere; \"rooms\" lists all", "nowhere", "http://127.0.0.1:9/");
        assertRefused("it begins with https:// or http://", "lobby", "example.org");
        assertRefused("a room's name has 1 to 64", "/", "http://127.0.0.1:9/");
        assertRefused(
                "::1 is 0:0:0:0:0:0:0:1, which is no public address; parley.hookTargets would allow it",
                "lobby",
                "http://[::1]:9/");
        assertEquals(
                List.of("parley: hook revoke: there is none of nothing; \"list\" shows all"),
                command(1, "hook", "revoke", "nothing"));
    }

    private String made(String room, String url) {
        List<String> said = command(0, "hook", "send", room, url);
        assertTrue(said.get(1).matches("whsec_[A-Za-z0-9+/]{43}="), said::toString);
        String line = said.get(0);
        assertTrue(
                line.matches("webhook \\w{16} from " + room
                        + " to http://127\\.0\\.0\\.1:\\d+; its secret, shown this once:"),
                line);
        return line.split(" ", -1)[1];
    }

    private void assertListed(String line) {
        List<String> listed = command(0, "hook", "list");
        assertEquals(1, listed.size());
        assertTrue(listed.get(0).matches(line), listed::toString);
    }

    private void assertRefused(String why, String room, String url) {
        List<String> said = command(1, "hook", "send", room, url);
        assertTrue(said.get(0).startsWith("parley: hook send: " + why), said::toString);
    }

    private List<String> command(int code, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertEquals(
                code,
                CommandLine.run(List.of(words), () -> data, both, both),
                () -> out.toString(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
