package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.Limits;
import io.parley.conformance.Covers;
import io.parley.delivery.FakeTransport.Ending;
import io.parley.identity.Credentials;
import io.parley.identity.User;
import io.parley.room.RoomLogException;
import io.parley.room.RoomName;
import io.parley.subprotocol.superchat.Superchat;
import io.parley.transport.events.SimulatedPoll;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of connections, whoever brings it about: what was taken is finished, and nothing stays held. */
class ClosingTest {

    @Test
    void aPostIsHeardOfThoughItsAuthorLeftBeforeItWasStored() {
        try (Parlour parlour = new Parlour()) {
            parlour.open("den");
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            ann.join("den");
            Gate store = new Gate();
            parlour.log.beforeCommit(store::pass);
            ann.post("den", "goodbye");
            ann.ask("{'do':'leave','room':'den'}");
            store.awaitSomebody();
            assertEquals(0, bob.join("den").getInt("head"));
            store.open();
            bob.awaitSeq("den", 1);
        }
    }

    @Test
    void aPostIsHeardOfThoughItsAuthorIsGoneBeforeItWasStored() {
        try (Parlour parlour = new Parlour()) {
            parlour.open("den");
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            ann.join("den");
            Gate store = new Gate();
            parlour.log.beforeCommit(store::pass);
            ann.post("den", "goodbye");
            store.awaitSomebody();
            ann.transport().hangUp();
            Await.until("Ann is gone", () -> parlour.delivery.connections() == 1);
            assertEquals(0, bob.join("den").getInt("head"));
            store.open();
            bob.awaitSeq("den", 1);
            bob.transport().hangUp();
            parlour.awaitEmpty();
        }
    }

    @Test
    void goingWhileCommandsAreUnderWayLeavesNothingHeld() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (Parlour parlour = new Parlour()) {
            List.of("den", "attic").forEach(parlour::open);
            for (int i = 0; i < 300; i++) {
                Guest guest = parlour.guest(random.nextBoolean() ? Ending.AT_ONCE : Ending.ON_ANOTHER_THREAD);
                guest.send("{'do':'hello','name':'Guest " + i + "'}");
                for (int commands = random.nextInt(8); commands > 0; commands--) {
                    guest.send(anyCommand(random));
                }
                switch (random.nextInt(3)) {
                    case 0 -> guest.transport().hangUp();
                    case 1 -> guest.connection().close(CloseReason.NORMAL);
                    default -> {
                        guest.ask("{'do':'ping'}");
                        guest.transport().hangUp();
                    }
                }
            }
            parlour.awaitEmpty();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    @Covers("err-unavailable")
    void aStoreThatFailsIsToldAndLeavesNothingHeld() {
        try (Parlour parlour = new Parlour()) {
            parlour.open("den");
            Guest ann = parlour.guest("Ann");
            ann.join("den");
            ann.ask("{'do':'post','room':'den','text':'stored'}");
            parlour.log.beforeCommit(() -> {
                throw new RoomLogException(RoomLogException.Fault.UNAVAILABLE, "the disk is full", new Exception());
            });
            for (String command : List.of(
                    "{'do':'post','room':'den','text':'x'}",
                    "{'do':'post','room':'lobby','text':'x'}",
                    "{'do':'name','name':'Anna'}",
                    "{'do':'open','room':'attic'}")) {
                assertEquals("unavailable", codeOf(ann.ask(command)), command);
            }
            parlour.log.beforeCommit(() -> {});
            assertTrue(ann.ask("{'do':'post','room':'den','text':'y'}").containsKey("ok"));
            ann.awaitSeq("den", 2);
            ann.transport().hangUp();
            parlour.awaitEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"BADLY", "IN_AN_EXCEPTION"})
    @Covers("close-1011")
    void aWriteThatFailsEndsTheConnection(Ending ending) {
        AtomicLong time = new AtomicLong();
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates(), 1, time::get, 1_000)) {
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            ann.join("lobby");
            bob.join("lobby");
            ann.transport().writesEnd(ending);
            bob.post("lobby", "hello");
            bob.awaitSeq("lobby", 1);
            time.addAndGet(TimeUnit.SECONDS.toNanos(2));
            bob.ask("{'do':'ping'}");
            Await.until("Ann is closed", () -> ann.transport().closeReason() != null);
            assertEquals(CloseReason.INTERNAL, ann.transport().closeReason());
            bob.transport().hangUp();
            parlour.awaitEmpty();
        }
    }

    @Test
    void aContainerThatFailsAWriteMayCloseWithAReasonOfItsOwn() {
        AtomicLong time = new AtomicLong();
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates(), 1, time::get, 1_000)) {
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            ann.join("lobby");
            ann.transport().writesEnd(Ending.BADLY);
            bob.post("lobby", "hello");
            bob.ask("{'do':'ping'}");
            ann.transport().hangUp();
            Await.until("Ann is gone", () -> parlour.delivery.connections() == 1);
            time.addAndGet(TimeUnit.SECONDS.toNanos(5));
            bob.ask("{'do':'ping'}");
            bob.ask("{'do':'ping'}");
            assertNull(ann.transport().closeReason());
            bob.transport().hangUp();
            parlour.awaitEmpty();
        }
    }

    @Test
    @Covers({"close-4001", "slow-close"})
    void aWriteThatTakesTooLongEndsTheConnection() {
        try (Parlour parlour = new Parlour(SomeLimits.with("writeTimeoutSeconds", 1))) {
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            ann.join("lobby");
            bob.join("lobby");
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            bob.post("lobby", "hello");
            bob.awaitSeq("lobby", 1);
            Await.until("Ann is closed", () -> ann.transport().closeReason() != null);
            assertEquals(CloseReason.TOO_SLOW, ann.transport().closeReason());
            assertEquals(4001, CloseReason.TOO_SLOW.code());
            bob.transport().hangUp();
            parlour.awaitEmpty();
        }
    }

    @Test
    void whoIsClosedIsToldOfNothingThatComesLater() {
        try (Parlour parlour = new Parlour()) {
            parlour.open("den");
            Gate store = new Gate();
            parlour.log.beforeReading(store::pass);
            FakeTransport transport = new FakeTransport(Ending.AT_ONCE, parlour.elsewhere);
            Newcomer newcomer = new Newcomer(new RoomName("den"));
            Connection connection = parlour.delivery.listen(
                    transport,
                    new Superchat(SomeLimits.withoutRates(), new ServerInfo("Parley", "0", "test")),
                    newcomer,
                    new Opening(
                            new Credentials(Optional.empty(), Optional.empty(), Optional.empty()),
                            Optional.empty(),
                            "somewhere"),
                    new Audience(false, false, Duration.ofDays(1)));
            transport.belongsTo(connection);
            store.awaitSomebody();
            connection.close(CloseReason.NORMAL);
            Await.until("it is closed", () -> transport.closeReason() != null);
            store.open();
            parlour.awaitEmpty();
            assertEquals(List.of(), newcomer.told());
        }
    }

    @Test
    void aPollIsAnsweredWhileOthersTakeLongToBeClosed() {
        Limits limits = SomeLimits.withoutRates();
        try (Parlour parlour = new Parlour(limits)) {
            Gate network = new Gate();
            // More than there are threads that close.
            for (int i = 0; i < 10; i++) {
                Guest guest = parlour.guest("Guest " + i);
                guest.transport().beforeClosing(network::pass);
                guest.connection().close(CloseReason.SILENT);
            }
            network.awaitSomebody();
            CompletableFuture<String> answer = new CompletableFuture<>();
            SimulatedPoll poll = new SimulatedPoll(answer::complete, answer::complete);
            poll.begin(parlour.delivery, new Superchat(limits, new ServerInfo("Parley", "0", "test")), "lobby", limits);
            poll.end();
            Await.until("the poll is answered", answer::isDone);
            assertTrue(answer.join().contains("\"at\":\"lobby"), answer.join());
            network.open();
            parlour.awaitEmpty();
        }
    }

    @Test
    @Covers({"close-1001", "ev-bye"})
    void theEndIsToldWithATimeToComeAgain() {
        try (Parlour parlour = new Parlour()) {
            List<Guest> guests = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Guest guest = parlour.guest("Guest " + i);
                guest.join("lobby");
                guests.add(guest);
            }
            Chatter chatter = parlour.chatter(Optional.empty(), "Ann");
            chatter.await("* you are in lobby, here: 21");
            guests.get(0).post("lobby", "the last");
            guests.get(0).awaitSeq("lobby", 1);
            parlour.stop();
            assertEquals(0, parlour.delivery.connections());
            for (Guest guest : guests) {
                List<JsonObject> lines = guest.lines();
                JsonObject bye = lines.get(lines.size() - 1);
                assertEquals("bye", bye.getString("type"), bye.toString());
                assertEquals(1001, bye.getInt("code"));
                assertTrue(bye.getBoolean("reconnect"));
                assertTrue(bye.getInt("retryAfter") >= 0);
                assertEquals(CloseReason.GOING_AWAY, guest.transport().closeReason());
                assertEquals(List.of(1L), guest.seqs("lobby"));
            }
            assertTrue(
                    guests.stream()
                                    .map(guest -> guest.lines()
                                            .get(guest.lines().size() - 1)
                                            .getInt("retryAfter"))
                                    .distinct()
                                    .count()
                            > 1,
                    "not all at the same moment");
            assertTrue(chatter.lines().contains("! " + CloseReason.GOING_AWAY.reason()));
            parlour.awaitEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'do':'hello','token':'%s'}", "{'do':'hello','token':'%s'}\n{'do':'join','room':'lobby','id':2}"
            })
    @Covers({"close-3003", "ev-bye"})
    void whoIsDroppedWhileTheDoorIsOpenedIsPutOutAllTheSame(String says) {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates(), 1)) {
            Guest first = parlour.guest(Ending.AT_ONCE);
            JsonObject welcome = first.ask("{'do':'hello'}").getJsonObject("ok");
            User user = parlour.identities
                    .find(welcome.getJsonObject("you").getString("id"))
                    .orElseThrow();
            first.transport().hangUp();
            parlour.awaitEmpty();
            Gate worker = new Gate();
            parlour.delivery.workers().get(0).execute(worker::pass);
            Guest again = parlour.guest(Ending.AT_ONCE);
            again.send(says.formatted(welcome.getString("token")));
            Await.until("they are known", () -> parlour.identities.active() == 1);
            boolean stored =
                    parlour.identities.revoke(user).toCompletableFuture().join();
            worker.open();
            Await.until("they are closed", () -> again.transport().closeReason() != null);
            assertTrue(stored);
            assertEquals(CloseReason.DROPPED, again.transport().closeReason());
            JsonObject bye =
                    again.await("bye", line -> line.getString("type", "").equals("bye"));
            assertEquals(3003, bye.getInt("code"));
            assertFalse(bye.getBoolean("reconnect"));
            assertTrue(again.lines().stream().noneMatch(line -> line.getInt("re", 0) == 2), again.lines()::toString);
            parlour.awaitEmpty();
        }
    }

    private static String anyCommand(Random random) {
        String room = List.of("lobby", "den", "attic", "nowhere").get(random.nextInt(4));
        return switch (random.nextInt(8)) {
            case 0, 1 -> "{'do':'join','room':'" + room + "'}";
            case 2 -> "{'do':'leave','room':'" + room + "'}";
            case 3 -> "{'do':'who','room':'" + room + "'}";
            case 4 -> "{'do':'history','room':'" + room + "','before':9}";
            case 5 -> "{'do':'name','name':'Name " + random.nextInt(50) + "'}";
            default -> "{'do':'post','room':'" + room + "','text':'hello'}";
        };
    }

    private static String codeOf(JsonObject reply) {
        return reply.getJsonObject("error").getString("code");
    }
}
