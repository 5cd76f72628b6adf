package io.parley.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.HookTargets;
import io.parley.conformance.Covers;
import io.parley.room.Epoch;
import io.parley.room.HookId;
import io.parley.room.HookSecret;
import io.parley.room.InMemoryRoomLog;
import io.parley.room.OutgoingHook;
import io.parley.room.Position;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutgoingHooksTest {
    private Switchboard board;
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        board = new Switchboard();
        receiver = Receiver.plain();
    }

    @AfterEach
    void end() {
        board.close();
        receiver.close();
    }

    @Test
    void whatIsSaidFromNowOnIsSentInOrderAndSigned() {
        board.say("before");
        OutgoingHooks.Made made = board.add(receiver.url());
        for (int i = 0; i < 50; i++) {
            board.say("text " + i);
        }
        assertEquals(upTo(2, 51), receiver.awaitTaken(50));

        Receiver.Request first = receiver.requests().get(0);
        assertEquals("message", first.json().getString("type"));
        assertEquals("lobby", first.json().getString("room"));
        assertEquals("text 0", first.json().getString("text"));
        assertEquals("/in", first.path());
        assertEquals(receiver.url(), "http://" + first.host() + "/in");
        assertTrue(first.id().matches("[A-Za-z0-9_-]+:2"), first::id);
        long age = Instant.now().getEpochSecond() - Long.parseLong(first.timestamp());
        assertTrue(age >= 0 && age < 60, first::timestamp);
        HookSecret secret =
                new HookSecret(Base64.getDecoder().decode(made.secret().replaceFirst("^whsec_", "")));
        assertEquals(
                Signature.of(
                        secret,
                        first.id(),
                        Long.parseLong(first.timestamp()),
                        first.body().getBytes(StandardCharsets.UTF_8)),
                first.signature());
        awaitDelivered(50);
        assertEquals(51, board.stored().get(0).position().seq());
    }

    @Test
    @Covers("hook-out-order")
    void whatFailsIsTriedAgainUntilItIsTakenAndNothingOvertakesIt() {
        receiver.answer(500, 302, 404, 500);
        board.add(receiver.url());
        for (int i = 0; i < 5; i++) {
            board.say("text " + i);
        }
        assertEquals(upTo(1, 5), receiver.awaitTaken(5));

        List<Receiver.Request> requests = receiver.requests();
        assertEquals(9, requests.size());
        for (Receiver.Request request : requests.subList(0, 5)) {
            assertEquals(requests.get(0).id(), request.id());
            assertEquals(requests.get(0).body(), request.body());
            assertEquals("/in", request.path(), "a redirect was followed");
        }
        assertEquals(4, board.count("parley.hooks.failed"));
        assertEquals(4, board.count("parley.hooks.retries"));
        awaitDelivered(5);
        assertTrue(board.hooks.all().get(0).failing().isEmpty());
    }

    @Test
    void whatHasNoThreadToBeginOnBeginsALittleLater() {
        board.add(receiver.url());
        board.troubles.add(new OutOfMemoryError("unable to create native thread"));
        board.say("one");
        assertEquals(upTo(1, 1), receiver.awaitTaken(1));
    }

    @Test
    void whoDoesNotAnswerIsGivenUpAndAskedAgain() {
        Bounds hurried = new Bounds(
                Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(10), Duration.ofMillis(10), 1);
        try (Switchboard hasty = with(hurried, Names.OF_THE_SYSTEM)) {
            receiver.answer(Receiver.NEVER);
            hasty.add(receiver.url());
            hasty.say("one");
            hasty.say("two");
            assertEquals(upTo(1, 2), receiver.awaitTaken(2));
            assertEquals(3, receiver.requests().size());
        }
    }

    /** Each byte comes in time; the answer never does. */
    @Test
    void whoAnswersByDripsIsGivenUpToo() throws Exception {
        Bounds hurried = new Bounds(
                Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofSeconds(30), Duration.ofSeconds(30), 1);
        try (ServerSocket dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Switchboard hasty = with(hurried, Names.OF_THE_SYSTEM)) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> drip(dripping));
            hasty.add("http://127.0.0.1:" + dripping.getLocalPort() + "/");
            hasty.say("one");
            served.get(20, TimeUnit.SECONDS);
            Receiver.awaitUntil(
                    "its failure", () -> hasty.hooks.all().get(0).failing().isPresent());
            assertEquals(
                    "did not answer in time",
                    hasty.hooks.all().get(0).failing().orElseThrow().reason());
        }
    }

    @Test
    void aReceiverThatFailsIsToldOf() {
        receiver.answer(500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500);
        board.add(receiver.url());
        board.say("one");
        board.say("two");
        receiver.await(3);
        HookStatus status = board.hooks.all().get(0);
        HookStatus.Failing failing = status.failing().orElseThrow();
        assertEquals("answered 500", failing.reason());
        assertTrue(failing.attempts() >= 2, status::toString);
        assertEquals(2, status.behind());
        assertEquals(
                1,
                board.meters.get("parley.hooks").tag("state", "failing").gauge().value());
        assertEquals(
                0, board.meters.get("parley.hooks").tag("state", "ok").gauge().value());
        assertEquals(
                2,
                board.meters
                        .get("parley.hooks.lag")
                        .tag("state", "failing")
                        .gauge()
                        .value());
    }

    @Test
    @Covers("hook-out-erased")
    void whatWasErasedBetweenTwoAttemptsIsNotSentAgain() {
        Bounds slow = new Bounds(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(800), Duration.ofMillis(800), 1);
        try (Switchboard patient = with(slow, Names.OF_THE_SYSTEM)) {
            receiver.answer(500);
            patient.add(receiver.url());
            long secret = patient.say("nobody shall read this");
            receiver.await(1);
            patient.delete(secret);
            receiver.awaitTaken(2);
            assertErased(receiver.requests().get(1), secret);
        }
    }

    @Test
    void whatWasErasedWhileItConnectedIsNotSentAtAll() {
        CountDownLatch connecting = new CountDownLatch(2);
        CountDownLatch erased = new CountDownLatch(1);
        Names slow = host -> {
            connecting.countDown();
            if (connecting.getCount() == 0) {
                await(erased);
            }
            return InetAddress.getAllByName(host);
        };
        try (Switchboard patient = with(Switchboard.SHORT, slow)) {
            patient.add(receiver.url());
            long secret = patient.say("nobody shall read this");
            await(connecting);
            patient.delete(secret);
            erased.countDown();
            receiver.awaitTaken(2);
            assertErased(receiver.requests().get(0), secret);
        }
    }

    @Test
    void whatWasErasedWhileItWasReadIsNotSentAtAll() {
        board.add(receiver.url());
        AtomicBoolean once = new AtomicBoolean();
        board.log.afterReading(() -> {
            if (!once.getAndSet(true)) {
                board.delete(1);
            }
        });
        board.say("nobody shall read this");
        receiver.awaitTaken(2);
        assertErased(receiver.requests().get(0), 1);
    }

    @Test
    @Covers("hook-out-end")
    void whoIsGoneIsSentNothingMoreForEver() {
        receiver.answer(204, 410);
        board.add(receiver.url());
        board.say("one");
        board.say("two");
        board.say("three");
        receiver.await(2);
        Receiver.awaitUntil("its end", () -> board.hooks.all().isEmpty());
        Receiver.awaitUntil("its row's end", () -> board.stored().isEmpty());
        board.say("four");
        assertEquals(2, receiver.requests().size());
    }

    @Test
    void whatIsRevokedStopsInTheMidstOfAnAttempt() {
        Bounds patience = new Bounds(
                Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(10), Duration.ofMillis(10), 2);
        try (Switchboard patient = with(patience, Names.OF_THE_SYSTEM)) {
            receiver.answer(Receiver.NEVER);
            HookId cut = patient.add(receiver.url()).id();
            patient.say("one");
            receiver.await(1);
            HookId left = patient.add(receiver.url()).id();

            assertTrue(Switchboard.answer(patient.hooks.end(cut)));

            Receiver.awaitUntil("the end of the attempt", () -> patient.attempts() == 0);
            patient.say("two");
            assertEquals(upTo(2, 2), receiver.awaitTaken(1));
            assertEquals(
                    List.of(left),
                    patient.stored().stream().map(OutgoingHook::id).toList());
            assertEquals(2, receiver.requests().size());
        }
    }

    @Test
    void afterARestartItGoesOnBehindWhatWasTaken() {
        board.add(receiver.url());
        board.say("one");
        awaitDelivered(1);
        List<OutgoingHook> stored = board.stored();
        board.hooks.close();
        board.say("two");

        try (Switchboard later = again()) {
            later.hooks.start(stored);
            later.say("three");
            assertEquals(upTo(1, 3), receiver.awaitTaken(3));
        }
    }

    /** A backup was restored: what was said is another's history now. */
    @Test
    @Covers("hook-out-anew")
    void inAnotherHistoryItBeginsWithWhatComesNow() {
        board.say("one");
        board.say("two");
        OutgoingHook hook = new OutgoingHook(
                new HookId("h"),
                RoomName.LOBBY,
                receiver.url(),
                new HookSecret(new byte[32]),
                new Position(new Epoch("before"), 1));
        board.hooks.start(List.of(hook));
        Receiver.awaitUntil("its start", () -> board.hooks.all().get(0).behind() == 0);
        board.say("three");
        assertEquals(upTo(3, 3), receiver.awaitTaken(1));
    }

    @Test
    @Covers("hook-out-where")
    void whereNothingMayBeSentNothingIsAdded() {
        assertRefused("127.0.0.1, which is no public address; parley.hookTargets would allow it", receiver.url());
        assertRefused("localhost is ", receiver.url("localhost"));
        assertRefused("is 127.0.0.1, which is no public", "http://2130706433/");
        assertRefused("there is no host", "http://no-such-host.invalid/");
        assertEquals(List.of(), receiver.requests());
        assertEquals(Optional.empty(), Switchboard.answer(board.hooks.add(RoomName.parse("nowhere"), receiver.url())));
    }

    @Test
    void thereAreOnlySoMany() {
        for (int i = 0; i < Switchboard.SHORT.hooks(); i++) {
            board.add(receiver.url());
        }
        assertThrows(InvalidInput.class, () -> board.add(receiver.url()));
    }

    private void assertRefused(String why, String url) {
        try (Switchboard strict = new Switchboard(
                new InMemoryRoomLog(),
                Switchboard.SHORT,
                HookTargets.NONE,
                Names.OF_THE_SYSTEM,
                OutgoingHooksTest::noTls)) {
            InvalidInput refusal = assertThrows(InvalidInput.class, () -> strict.add(url));
            assertTrue(refusal.explanation().contains(why), refusal::explanation);
            assertEquals(List.of(), strict.stored());
        }
    }

    /** When the receiver has answered, the sender need not have heard it yet. */
    private void awaitDelivered(int count) {
        Receiver.awaitUntil(count + " deliveries", () -> board.count("parley.hooks.delivered") >= count);
    }

    private Switchboard again() {
        return with(Switchboard.SHORT, Names.OF_THE_SYSTEM);
    }

    /** On the same log. */
    private Switchboard with(Bounds bounds, Names names) {
        return new Switchboard(board.log, bounds, Switchboard.LOOPBACK, names, OutgoingHooksTest::noTls);
    }

    /** Ends when it is cut off. */
    private static void drip(ServerSocket server) {
        try (Socket socket = server.accept()) {
            while (true) {
                socket.getOutputStream().write('H');
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        } catch (IOException cut) {
            assertTrue(server.isBound());
        }
    }

    private static void assertErased(Receiver.Request request, long seq) {
        assertEquals(seq, request.seq());
        assertTrue(request.json().getBoolean("deleted"), request::body);
        assertFalse(request.body().contains("nobody shall"), request::body);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static SSLSocketFactory noTls() {
        throw new IllegalStateException("nothing here speaks TLS");
    }

    private static List<Long> upTo(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
