package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.EmbeddedParley;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
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
                ChatConformance {
    private static final Path DOCUMENT = Path.of("docs/deploy.md");
    private static final int PATIENCE_SECONDS = 20;

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

    @Test
    @Covers({"ping-server", "sse-comment", "poll-wait"})
    void moreThanAMinuteInWhichNothingIsSaidEndsNothing() throws Exception {
        SuperchatClient client = server().guest();
        String room = client.opened();
        EventStream stream = server().stream("at", room);
        stream.next(EventStream.Block::isOnlyId);
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocket quiet = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("chat")
                .buildAsync(
                        URI.create("ws://" + server().authority() + server().path("chat") + "?room=" + room),
                        new Ear(heard))
                .join();
        CompletableFuture<EventsClient.Polled> poll = server().events().polling("at", room, "wait", "55");
        for (int comments = 0; comments < 5; comments++) {
            stream.next(EventStream.Block::isComment);
        }
        assertEquals(List.of(), Json.objects(poll.join().room(room), "entries"));
        server().guest().post(room, "still here");
        assertEquals("still here", stream.event("message").json().getString("text"));
        String last = "";
        while (!last.endsWith(": still here")) {
            last = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertNotNull(last, "the quiet WebSocket hears nothing");
        }
        quiet.abort();
    }

    /** What {@code docs/deploy.md} shows. */
    private static String lines() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf('\n', document.indexOf("```nginx")) + 1;
        return document.substring(begin, document.indexOf("```", begin));
    }

    /** Hears, answers pings, and says nothing. */
    private record Ear(LinkedBlockingQueue<String> heard) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            heard.add(text.toString());
            socket.request(1);
            return null;
        }
    }
}
