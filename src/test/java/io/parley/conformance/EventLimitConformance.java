package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who asks for events too often, or does not read them: on a server with {@link LimitConformance#LIMITS} (docs/protocol.md §5). */
public interface EventLimitConformance extends Conformance {
    Duration PATIENCE = Duration.ofSeconds(40);

    @Test
    @Covers("poll-limits")
    default void pollsAndStreamsCountAsConnections() throws Exception {
        awaitMetric("parley_connections", 0);
        List<CompletableFuture<EventsClient.Polled>> waiting = new ArrayList<>();
        for (int i = 0; i < LimitConformance.CONNECTIONS - 1; i++) {
            waiting.add(server().events().polling("wait", "4"));
        }
        awaitMetric("parley_events_polls", LimitConformance.CONNECTIONS - 1);
        EventStream last = server().stream();
        last.next(EventStream.Block::isOnlyId);
        EventsClient.Polled refused = server().events().poll("wait", "4");
        assertEquals("too_many", refused.refusal(429));
        assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
        assertEquals(429, server().stream().status());
        awaitMetric("parley_events_refused_total", 2);
        for (CompletableFuture<EventsClient.Polled> each : waiting) {
            EventsClient.await(each).json();
        }
        server().events().poll().json();
    }

    @Test
    @Covers("sse-stall")
    default void aStreamThatIsNotReadIsCutOff() throws Exception {
        SuperchatClient opener = server().guest();
        String room = opener.opened();
        String epoch = opener.join(room).getString("epoch");
        opener.close();
        for (int author = 0; author < 8; author++) {
            try (SuperchatClient guest = server().guest()) {
                LimitConformance.postLongTexts(guest, room);
            }
        }
        awaitMetric("parley_events_streams", 0);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server().port()));
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + server().path("api/events") + "?at=" + room + "@" + epoch + ":0 HTTP/1.1\r\nHost: "
                            + server().authority() + "\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            awaitMetric("parley_events_streams", 1);
            awaitMetric("parley_events_streams", 0);
            awaitMetric("parley_connections", 0);
            assertTrue(takesNoMore(socket), "there was all of it, to a reader that reads nothing");
        }
    }

    /** Whether what is left to read ends before the last entry. */
    private static boolean takesNoMore(Socket socket) throws IOException {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        long bytes = 0;
        byte[] piece = new byte[64 * 1024];
        try {
            for (int length = socket.getInputStream().read(piece);
                    length >= 0;
                    length = socket.getInputStream().read(piece)) {
                bytes += length;
            }
        } catch (SocketException reset) {
            // Cut off in whichever way.
        }
        return bytes < 8 * 200 * 8_000;
    }

    /** Waits until a figure of the server is as it should be. */
    private void awaitMetric(String name, int value) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String wanted = name + " " + (double) value;
        String metrics = "";
        while (System.nanoTime() < deadline) {
            HttpRequest request = server().events().request("/../../metrics").build();
            metrics = EventsClient.await(server().events()
                            .ask(HttpRequest.newBuilder(request.uri().normalize())
                                    .build()))
                    .http()
                    .body();
            if (metrics.lines().anyMatch(wanted::equals)) {
                return;
            }
        }
        throw new AssertionError(wanted + " is not to be seen in\n" + metrics);
    }
}
