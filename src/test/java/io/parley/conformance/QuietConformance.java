package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds while nobody says anything, whatever time-outs there are on the way (docs/protocol.md §4, §5). It takes over a minute. */
public interface QuietConformance extends Conformance {
    int PATIENCE_SECONDS = 20;

    @Test
    @Covers({"ping-server", "sse-comment", "poll-wait"})
    default void moreThanAMinuteInWhichNothingIsSaidEndsNothing() throws Exception {
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

    /** Hears, answers pings, and says nothing. */
    record Ear(LinkedBlockingQueue<String> heard) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            heard.add(text.toString());
            socket.request(1);
            return null;
        }
    }
}
