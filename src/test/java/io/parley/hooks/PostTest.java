package io.parley.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.HookTargets;
import io.parley.embedded.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostTest {
    private static final byte[] BODY = "{\"seq\":1}".getBytes(StandardCharsets.UTF_8);
    private static final HookTargets BY_NAME = new HookTargets(Set.of("known.example"), java.util.List.of());

    @TempDir
    Path folder;

    @Test
    void theAddressThatWasJudgedIsTheOneThatIsConnectedTo() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Names rebinding = host -> {
            // As a rebinding name server would: ours is asked once, and whoever asked again would be led elsewhere.
            return asked.incrementAndGet() == 1 ? loopback() : addresses("192.0.2.1");
        };
        try (Receiver receiver = Receiver.plain();
                Post post = new Post(Target.parse(receiver.url("known.example")), ways(BY_NAME, rebinding))) {
            post.connect();
            assertEquals(new Outcome.Taken(), post.send(Map.of(), BODY));
            assertEquals(1, asked.get());
            assertTrue(receiver.requests().get(0).host().startsWith("known.example:"));
        }
    }

    @Test
    void addressesOfBothFamiliesAreTriedHoweverManyThereAreOfOne() throws Exception {
        Names names = host -> new InetAddress[] {
            addresses("::1")[0], addresses("::1")[0], addresses("::1")[0], addresses("::1")[0], loopback()[0]
        };
        try (Receiver receiver = Receiver.plain();
                Post post = new Post(Target.parse(receiver.url("known.example")), ways(BY_NAME, names))) {
            post.connect();
            assertEquals(new Outcome.Taken(), post.send(Map.of(), BODY));
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "169.254.169.254", "::1", "10.0.0.1"})
    void aNameThatIsLedInsideIsNotFollowed(String inside) throws Exception {
        try (Receiver receiver = Receiver.plain()) {
            Names names = host -> new InetAddress[] {addresses("1.1.1.1")[0], addresses(inside)[0]};
            IOException refusal;
            try (Post post = new Post(Target.parse(receiver.url("rebound.example")), ways(BY_NAME, names))) {
                refusal = assertThrows(IOException.class, post::connect);
            }
            assertTrue(
                    String.valueOf(refusal.getMessage()).endsWith("parley.hookTargets would allow it"),
                    refusal::toString);
            assertEquals(0, receiver.requests().size());
        }
    }

    @Test
    void aCertificateMustBeOfTheNameThatTheUrlHas() throws Exception {
        Keys keys = Keys.make(folder, "EC", "receiver");
        HookTargets both = new HookTargets(Set.of("known.example", "127.0.0.1"), java.util.List.of());
        Post.Ways ways =
                new Post.Ways(new PublicAddresses(both), host -> loopback(), () -> trusting(keys), Switchboard.SHORT);
        try (Receiver receiver = Receiver.byTls(keys.showing())) {
            try (Post post = new Post(Target.parse(receiver.url()), ways)) {
                post.connect();
                assertEquals(new Outcome.Taken(), post.send(Map.of(), BODY));
            }
            try (Post post = new Post(Target.parse(receiver.url("known.example")), ways)) {
                IOException refusal = assertThrows(IOException.class, post::connect);
                assertTrue(Post.reason(refusal).startsWith("no TLS: "), refusal::toString);
            }
            assertEquals(1, receiver.requests().size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', Taken[]",
        "'HTTP/1.0 204\n\n', Taken[]",
        "'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\n', Taken[]",
        "'HTTP/1.1 410 Gone\r\n\r\n', Gone[]",
        "'HTTP/1.1 307 Go There\r\nLocation: http://127.0.0.1/\r\n\r\n', Failed[reason=answered 307]",
        "'HTTP/1.1 503\r\n\r\n', Failed[reason=answered 503]",
        "'SSH-2.0-OpenSSH\r\n', Failed[reason=answered something that is not HTTP]"
    })
    void onlyTheStatusCounts(String answer, String outcome) throws Exception {
        assertEquals(
                outcome, answered(answer.getBytes(StandardCharsets.US_ASCII)).toString());
    }

    @Test
    void anAnswerWithoutEndIsNotHeardToItsEnd() throws Exception {
        byte[] long_ = ("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(10_000_000)).getBytes(StandardCharsets.US_ASCII);
        assertEquals(new Outcome.Taken(), answered(long_));
        byte[] head = ("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000)).getBytes(StandardCharsets.US_ASCII);
        IOException failure = assertThrows(IOException.class, () -> answered(head));
        assertEquals("its answer's head is too long", failure.getMessage());
        assertThrows(IOException.class, () -> answered(new byte[0]));
    }

    @Test
    void aReasonForgesNoLine() {
        assertEquals("a?b", new Outcome.Failed("a\nb").reason());
        assertEquals(203, new Outcome.Failed("x".repeat(1_000)).reason().length());
    }

    /** What becomes of a post that somebody answers with these bytes, and then hangs up. */
    private static Outcome answered(byte[] answer) throws Exception {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server, answer));
            Target target = Target.parse("http://known.example:" + server.getLocalPort() + "/");
            try (Post post = new Post(target, ways(BY_NAME, host -> loopback()))) {
                post.connect();
                return post.send(Map.of(), BODY);
            } finally {
                served.orTimeout(20, TimeUnit.SECONDS).join();
            }
        }
    }

    private static void serve(ServerSocket server, byte[] answer) {
        try (Socket socket = server.accept()) {
            int left = "{\"seq\":1}".length();
            String end = "\r\n\r\n";
            int matched = 0;
            while (matched < end.length() || left > 0) {
                int c = socket.getInputStream().read();
                if (matched == end.length()) {
                    left--;
                } else {
                    matched = c == end.charAt(matched) ? matched + 1 : c == '\r' ? 1 : 0;
                }
            }
            socket.getOutputStream().write(answer);
        } catch (IOException cut) {
            // Whoever hears enough hangs up.
            return;
        }
    }

    private static Post.Ways ways(HookTargets allowed, Names names) {
        Supplier<SSLSocketFactory> none = () -> {
            throw new IllegalStateException("nothing here speaks TLS");
        };
        return new Post.Ways(new PublicAddresses(allowed), names, none, Switchboard.SHORT);
    }

    private static SSLSocketFactory trusting(Keys keys) {
        try {
            return keys.trusting().getSocketFactory();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static InetAddress[] loopback() throws UnknownHostException {
        return addresses("127.0.0.1");
    }

    private static InetAddress[] addresses(String address) throws UnknownHostException {
        return InetAddress.getAllByName(address);
    }
}
