package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.transport.websocket.FrameChannel;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames that are written as they are, past Tyrus. */
final class WholeFrameTest {
    private static final int MORE_THAN_THE_KERNEL_TAKES = 32 * 1024 * 1024;
    private static final int SMALL_WINDOW = 4 * 1024;

    private final ProbeApplication application = new ProbeApplication();
    private final BlockingQueue<Boolean> written = new LinkedBlockingQueue<>();
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
    void theyArriveAsTheyAreAmongWhatTyrusWrites() throws Exception {
        try (RawClient client = connected()) {
            FrameChannel channel = channel();
            for (int i = 0; i < 100; i++) {
                channel.write(text("whole " + i), written::add);
                assertTrue(ProbeApplication.next(written));
                assertEquals("whole " + i, client.frame().text());
                client.frame(0x81, ("echo " + i).getBytes(StandardCharsets.UTF_8));
                assertEquals("echo " + i, client.frame().text());
            }
        }
    }

    @Test
    void oneThatThePeerDoesNotReadIsUnderWayUntilItDoes() throws Exception {
        try (RawClient client = new RawClient(server.port(), SMALL_WINDOW)) {
            client.handshake("/chat");
            FrameChannel channel = channel();
            channel.write(large(), written::add);
            assertNull(written.peek());

            assertEquals(MORE_THAN_THE_KERNEL_TAKES, client.frame().payload().remaining());

            assertTrue(ProbeApplication.next(written));
        }
    }

    @Test
    void oneWhosePeerGoesAwayFailsOnce() throws Exception {
        RawClient client = new RawClient(server.port(), SMALL_WINDOW);
        client.handshake("/chat");
        channel().write(large(), written::add);

        client.close();

        assertFalse(ProbeApplication.next(written));
        ProbeApplication.next(application.closed);
        server.stop(Duration.ofSeconds(3));
        assertNull(written.peek());
    }

    @Test
    void afterTheCloseFrameThereAreNone() throws Exception {
        try (RawClient client = connected()) {
            FrameChannel channel = channel();
            Session session = ProbeApplication.next(application.opened);
            session.close();
            channel.write(text("too late"), written::add);

            assertFalse(ProbeApplication.next(written));
            assertEquals(1000, client.frame().closeCode());
            assertTrue(client.ended());
        }
    }

    private FrameChannel channel() throws InterruptedException {
        return ProbeApplication.next(application.channels).orElseThrow();
    }

    private RawClient connected() throws IOException {
        RawClient client = new RawClient(server.port());
        client.handshake("/chat");
        return client;
    }

    private static ByteBuffer text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + utf8.length)
                .put((byte) 0x81)
                .put((byte) utf8.length)
                .put(utf8)
                .flip();
    }

    private static ByteBuffer large() {
        return ByteBuffer.allocate(2 + Long.BYTES + MORE_THAN_THE_KERNEL_TAKES)
                .put((byte) 0x82)
                .put((byte) 127)
                .putLong(MORE_THAN_THE_KERNEL_TAKES)
                .position(0);
    }
}
