package io.parley.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.ParleyProcess;
import io.parley.crash.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that never end (slowloris): a header line now and then, for ever. */
class SlowHttpIT {
    private static final int REQUESTS = 1_000;
    private static final int MOST_THREADS = 100;
    /** The server gives a request's head 30 s, whatever comes of it meanwhile. */
    private static final int PATIENCE_SECONDS = 45;

    private static final long TRICKLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Test
    void aThousandRequestsThatNeverEndDisturbNobodyAndAreCutOff(@TempDir Path data) throws Exception {
        try (ParleyProcess server = new ParleyProcess(data, "limits.httpConnectionsPerAddress=" + 2 * REQUESTS)) {
            server.start();
            try (Talk talk = new Talk(server.chat(), "talk")) {
                List<SocketChannel> slow = begin(server);
                int visitors = 0;
                long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                long trickle = System.nanoTime();
                while (!slow.isEmpty()) {
                    assertTrue(System.nanoTime() < until, slow.size() + " requests that never end are still there");
                    talk.say("how are you?");
                    if (System.nanoTime() - trickle >= 0) {
                        trickle += TRICKLE_NANOS;
                        trickle(slow);
                        visit(server);
                        visitors++;
                        assertTrue(
                                Health.metric(server, "jvm_threads_live_threads") < MOST_THREADS,
                                "each slow request takes a thread");
                    }
                }
                assertTrue(visitors > 1, "they were gone before anybody came");
                assertTrue(talk.slowestMillis() < 3_000, "a message took too long");
            }
        }
    }

    private static List<SocketChannel> begin(ParleyProcess server) throws IOException {
        InetSocketAddress address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.chat().getPort());
        List<SocketChannel> slow = new ArrayList<>(REQUESTS);
        for (int i = 0; i < REQUESTS; i++) {
            SocketChannel channel = SocketChannel.open(address);
            channel.configureBlocking(false);
            channel.write(ascii((i % 2 == 0 ? "GET / HTTP/1.1" : "POST / HTTP/1.1") + "\r\nHost: localhost\r\n"));
            slow.add(channel);
        }
        return slow;
    }

    /** Sends each a header more; forgets those that the server has cut off. */
    private static void trickle(List<SocketChannel> slow) throws IOException {
        for (Iterator<SocketChannel> each = slow.iterator(); each.hasNext(); ) {
            SocketChannel channel = each.next();
            if (isCutOff(channel)) {
                channel.close();
                each.remove();
            }
        }
    }

    private static boolean isCutOff(SocketChannel channel) {
        try {
            channel.write(ascii("X-Slow: very\r\n"));
            ByteBuffer answer = ByteBuffer.allocate(512);
            while (channel.read(answer.clear()) > 0) {
                // What it has to say is not the point, but that it ends.
            }
            return answer.position() == 0 && channel.read(answer.clear()) < 0;
        } catch (IOException cut) {
            return true;
        }
    }

    private static void visit(ParleyProcess server) {
        try (Client visitor = Client.connect(server.chat())) {
            assertEquals("lobby", visitor.ok("join", Map.of("room", "lobby")).getString("room"));
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
