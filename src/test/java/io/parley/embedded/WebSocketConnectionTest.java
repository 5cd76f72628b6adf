package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What delivery relies on: when sends complete, what a stalled peer costs, how connections end. */
final class WebSocketConnectionTest {

    private static final int MORE_THAN_THE_KERNEL_TAKES = 32 * 1024 * 1024;
    private static final int SMALL_WINDOW = 4 * 1024;

    private final ProbeApplication application = new ProbeApplication();
    private EmbeddedServer server;

    @BeforeEach
    void start() {
        server = application.start();
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(3));
    }

    @Test
    void aSendToAStalledPeerReturnsAtOnceAndCompletesWhenThePeerHasReadOn() throws Exception {
        try (RawClient client = stalled()) {
            Session session = ProbeApplication.next(application.opened);
            CompletableFuture<SendResult> sent =
                    assertTimeoutPreemptively(Duration.ofSeconds(2), () -> send(session, MORE_THAN_THE_KERNEL_TAKES));
            assertFalse(sent.isDone());

            assertEquals(MORE_THAN_THE_KERNEL_TAKES, client.frame().payload().remaining());

            assertTrue(sent.get(10, TimeUnit.SECONDS).isOK());
        }
    }

    @Test
    void aSendToAPeerThatGoesAwayFails() throws Exception {
        RawClient client = stalled();
        CompletableFuture<SendResult> sent =
                send(ProbeApplication.next(application.opened), MORE_THAN_THE_KERNEL_TAKES);

        client.close();

        SendResult result = sent.get(10, TimeUnit.SECONDS);
        assertFalse(result.isOK());
        assertNotNull(result.getException());
        assertEquals(
                CloseCodes.CLOSED_ABNORMALLY,
                ProbeApplication.next(application.closed).getCloseCode());
    }

    @Test
    void closingAStalledPeerCutsItOffAndFailsItsSend() throws Exception {
        RawClient client = stalled();
        Session session = ProbeApplication.next(application.opened);
        CompletableFuture<SendResult> sent = send(session, MORE_THAN_THE_KERNEL_TAKES);

        session.close(new CloseReason(CloseCodes.getCloseCode(4001), "too slow"));

        assertEquals(
                4001, ProbeApplication.next(application.closed).getCloseCode().getCode());
        assertFalse(sent.get(10, TimeUnit.SECONDS).isOK());
        client.close();
    }

    @Test
    void aSendAfterTheEndFailsOrThrows() throws Exception {
        RawClient client = connected();
        Session session = ProbeApplication.next(application.opened);
        RemoteEndpoint.Async remote = session.getAsyncRemote();
        client.close();
        ProbeApplication.next(application.closed);
        CompletableFuture<SendResult> sent = new CompletableFuture<>();

        try {
            remote.sendBinary(ByteBuffer.allocate(1), sent::complete);
        } catch (RuntimeException refused) {
            sent.complete(new SendResult(refused));
        }

        assertFalse(sent.get(10, TimeUnit.SECONDS).isOK());
    }

    @Test
    void aPeerThatEndsItsHalfIsGone() throws Exception {
        try (RawClient client = stalled()) {
            client.socket().shutdownOutput();

            assertEquals(
                    CloseCodes.CLOSED_ABNORMALLY,
                    ProbeApplication.next(application.closed).getCloseCode());
            client.ended();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1008, 1011, 1012, 1013, 3000, 3003, 3008, 4001, 4002})
    void theCodeOfACloseByTheServerReachesThePeer(int code) throws Exception {
        try (RawClient client = connected()) {
            client.frame(0x81, ("close " + code).getBytes(StandardCharsets.UTF_8));

            assertEquals(code, client.frame().closeCode());
            assertTrue(client.ended());
            assertEquals(
                    code,
                    ProbeApplication.next(application.closed).getCloseCode().getCode());
        }
    }

    @Test
    void aPeerThatIsStillSendingReadsTheCloseFrameAllTheSame() throws Exception {
        try (RawClient client = connected()) {
            client.frame(0x81, "close 4002".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 100; i++) {
                client.frame(0x82, new byte[10_000]);
            }

            assertEquals(4002, client.frame().closeCode());
        }
    }

    @Test
    void thePeersOwnCloseIsAnsweredInKind() throws Exception {
        try (RawClient client = connected()) {
            client.frame(0x88, new byte[] {0x03, (byte) 0xe8});

            assertEquals(1000, client.frame().closeCode());
            assertTrue(client.ended());
            assertEquals(
                    CloseCodes.NORMAL_CLOSURE,
                    ProbeApplication.next(application.closed).getCloseCode());
        }
    }

    @Test
    void aFrameThatAnnouncesTooMuchIsClosedBeforeItIsSent() throws Exception {
        try (RawClient client = connected()) {
            client.send(RawClient.header(0x82, ProbeApplication.FRAME_BYTES + 1));

            assertEquals(1009, client.frame().closeCode());
            assertEquals(
                    CloseCodes.TOO_BIG,
                    ProbeApplication.next(application.closed).getCloseCode());
        }
    }

    @Test
    void aMessageThatGrowsTooLongInFragmentsIsClosed() throws Exception {
        try (RawClient client = connected()) {
            client.frame(0x02, new byte[ProbeApplication.FRAME_BYTES]);
            client.send(RawClient.header(0x80, 1));

            assertEquals(1009, client.frame().closeCode());
        }
    }

    @Test
    void theLongestMessageIsTaken() throws Exception {
        try (RawClient client = connected()) {
            client.frame(0x82, new byte[ProbeApplication.FRAME_BYTES]);

            assertEquals(ProbeApplication.FRAME_BYTES, client.frame().payload().remaining());
        }
    }

    @Test
    void anUnmaskedFrameIsAProtocolError() throws Exception {
        try (RawClient client = connected()) {
            client.send(new byte[] {(byte) 0x81, 1, 'a'});

            assertEquals(1002, client.frame().closeCode());
        }
    }

    @Test
    void framesAreHandledInTheOrderSent() throws Exception {
        try (RawClient client = connected()) {
            for (int i = 0; i < 1_000; i++) {
                client.frame(0x81, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < 1_000; i++) {
                assertEquals(Integer.toString(i), client.frame().text());
            }
        }
    }

    @Test
    void framesAreHandledByTheThreadThatReadThem() throws Exception {
        try (RawClient client = connected()) {
            client.frame(0x81, "thread".getBytes(StandardCharsets.UTF_8));
            String thread = client.frame().text();
            assertTrue(thread.startsWith("parley-select"), thread);
        }
    }

    @Test
    void aStoppingServerClosesWith1001() throws Exception {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/chat"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
                        code.complete(statusCode);
                        return CompletableFuture.completedStage(null);
                    }
                })
                .join();
        ProbeApplication.next(application.opened);

        server.stop(Duration.ofSeconds(3));

        assertEquals(1001, code.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aStoppingServerDoesNotWaitForAStalledPeer() throws Exception {
        RawClient client = stalled();
        CompletableFuture<SendResult> sent =
                send(ProbeApplication.next(application.opened), MORE_THAN_THE_KERNEL_TAKES);

        assertTimeoutPreemptively(Duration.ofSeconds(4), () -> server.stop(Duration.ofSeconds(1)));

        assertEquals(
                CloseCodes.GOING_AWAY, ProbeApplication.next(application.closed).getCloseCode());
        assertFalse(sent.get(10, TimeUnit.SECONDS).isOK());
        client.close();
    }

    private RawClient connected() throws IOException {
        RawClient client = new RawClient(server.port());
        client.handshake("/chat");
        return client;
    }

    private RawClient stalled() throws IOException {
        RawClient client = new RawClient(server.port(), SMALL_WINDOW);
        client.handshake("/chat");
        return client;
    }

    private static CompletableFuture<SendResult> send(Session session, int bytes) {
        CompletableFuture<SendResult> sent = new CompletableFuture<>();
        session.getAsyncRemote().sendBinary(ByteBuffer.allocate(bytes), sent::complete);
        return sent;
    }
}
