package io.parley.room;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.conformance.Covers;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the committer makes of what it is asked to write. */
class CommitterTest extends CommitterFixture {
    @Test
    @Covers("log-seq")
    void everyWriteOfManyThreadsGetsItsOwnPlaceWithoutAGap() throws Exception {
        committer.start();
        List<Thread> threads = new ArrayList<>();
        Map<String, List<CompletableFuture<Written>>> answers = new HashMap<>();
        for (int t = 0; t < 4; t++) {
            String name = "Author" + t;
            List<CompletableFuture<Written>> own = new CopyOnWriteArrayList<>();
            answers.put(name, own);
            threads.add(new Thread(() -> {
                for (int i = 0; i < 250; i++) {
                    own.add(post(i % 2 == 0 ? lobby : den, guest(name), name + " " + i));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        for (Map.Entry<String, List<CompletableFuture<Written>>> own : answers.entrySet()) {
            for (int i = 0; i < 250; i++) {
                Written.Stored stored = stored(own.getValue().get(i));
                Room room = i % 2 == 0 ? lobby : den;
                Entry entry =
                        log.after(room.id(), stored.seq() - 1, 1, ALL).entries().get(0);
                assertEquals(
                        own.getKey() + " " + i,
                        ((Entry.Message) entry).content().text());
                assertEquals(entry.at(), stored.at());
            }
        }
        for (Room room : List.of(lobby, den)) {
            RoomLog.Page page = log.after(room.id(), 0, ALL, ALL);
            assertEquals(
                    LongStream.rangeClosed(1, 500).boxed().toList(),
                    page.entries().stream().map(Entry::seq).toList());
            assertEquals(
                    List.of(500L, 500L), List.of(page.room().head(), page.room().messages()));
            assertEquals(500, room.head());
        }
    }

    @Test
    @Covers("key-same")
    void theSameKeyInOneGroupIsStoredOnce() {
        CompletableFuture<Written> first = post(lobby, ANN, "hello", KEY);
        CompletableFuture<Written> again = post(lobby, ANN, "hello", KEY);
        committer.start();
        assertEquals(new Written.Stored(1, NOON, false), answer(first));
        assertEquals(new Written.Stored(1, NOON, true), answer(again));
        assertEquals(List.of("hello"), texts(lobby));
    }

    @Test
    @Covers("key-same")
    void theSameKeyLaterIsStoredOnce() {
        committer.start();
        answer(post(lobby, ANN, "hello", KEY));
        clock.now = NOON.plusSeconds(60);
        assertEquals(new Written.Stored(1, NOON, true), answer(post(lobby, ANN, "hello", KEY)));
        assertEquals(new Written.Stored(2, clock.now, false), answer(post(lobby, ANN, "next")));
        assertEquals(List.of("hello", "next"), texts(lobby));
    }

    @Test
    @Covers("key-same")
    void aKeyUsedForSomethingElseIsRefusedInTheGroupAndLater() {
        CompletableFuture<Written> first = post(lobby, ANN, "hello", KEY);
        CompletableFuture<Written> other = post(lobby, ANN, "hallo", KEY);
        committer.start();
        stored(first);
        assertEquals(new Written.Refused(Written.Reason.KEY_CONFLICT), answer(other));
        assertEquals(
                new Written.Refused(Written.Reason.KEY_CONFLICT),
                answer(submit(new Write.Append(
                        lobby, ANN, Optional.empty(), new Content("hello", Style.ACTION), Optional.of(KEY)))));
        assertEquals(List.of("hello"), texts(lobby));
    }

    @Test
    @Covers("key-same")
    void aKeyIsTheAuthorsAndTheRoomsOwn() {
        List<CompletableFuture<Written>> answers =
                List.of(post(lobby, ANN, "1", KEY), post(lobby, BEN, "2", KEY), post(den, ANN, "3", KEY));
        committer.start();
        answers.forEach(answer -> assertFalse(stored(answer).duplicate()));
    }

    @Test
    @Covers({"ok-durable", "ok-shown"})
    void nobodyIsAnsweredOrShownAnythingBeforeTheCommit() {
        List<CompletableFuture<Written>> answers = new ArrayList<>();
        List<String> early = new CopyOnWriteArrayList<>();
        lobby.listen(room -> early.add("moved to " + room.head()));
        log.beforeCommit(() -> {
            early.add("commit of " + answers.size());
            if (answers.stream().anyMatch(CompletableFuture::isDone)) {
                early.add("answered too early");
            }
        });
        answers.add(post(lobby, ANN, "1"));
        answers.add(post(lobby, BEN, "2"));
        committer.start();
        answers.forEach(CommitterFixture::stored);
        assertEquals(List.of("commit of 2", "moved to 2"), early);
    }

    @Test
    void aFullQueueRefusesAtOnce() {
        Committer small = new Committer(log, limits(2, 2), clock, new SimpleMeterRegistry());
        Write write = new Write.Append(lobby, ANN, Optional.empty(), Content.plain("x"), Optional.empty());
        List<CompletableFuture<Written>> answers = IntStream.range(0, 3)
                .mapToObj(i -> small.submit(write).toCompletableFuture())
                .toList();
        assertEquals(
                new Written.Refused(Written.Reason.UNAVAILABLE), answers.get(2).getNow(new Written.Done()));
        small.start();
        stored(answers.get(0));
        stored(answers.get(1));
        small.close(Duration.ofSeconds(10));
    }

    @Test
    void closingFinishesWhatWaitsAndRefusesTheRest() {
        List<CompletableFuture<Written>> answers =
                IntStream.range(0, 2_500).mapToObj(i -> post(lobby, ANN, "x")).toList();
        committer.start();
        committer.close(Duration.ofSeconds(10));
        answers.forEach(answer -> assertTrue(answer.isDone()));
        assertEquals(2_500, lobby.head());
        assertEquals(new Written.Refused(Written.Reason.UNAVAILABLE), answer(post(lobby, ANN, "too late")));
    }

    @Test
    @Covers("log-at")
    void timeNeverRunsBackwardsInARoom() {
        committer.start();
        clock.now = NOON.plusSeconds(60);
        assertEquals(NOON.plusSeconds(60), stored(post(lobby, ANN, "1")).at());
        clock.now = NOON;
        assertEquals(NOON.plusSeconds(60), stored(post(lobby, ANN, "2")).at());
        assertEquals(NOON, stored(post(den, ANN, "in a room that was silent")).at());
        clock.now = NOON.plusSeconds(61);
        assertEquals(NOON.plusSeconds(61), stored(post(lobby, ANN, "3")).at());
    }

    @Test
    void aNameThatIsHeldRefusesThePostAndTheRenaming() {
        committer.start();
        stored(post(lobby, ANN, "1"));
        User impostor = User.guest(new UserId("impostor"), ANN.name());
        Written held = new Written.Refused(Written.Reason.NAME_HELD);
        assertEquals(held, answer(post(lobby, impostor, "2")));
        stored(post(lobby, BEN, "3"));
        assertEquals(held, answer(submit(new Write.Rename(BEN.id(), ANN.name()))));
        assertEquals(new Written.Done(), answer(submit(new Write.Rename(BEN.id(), new UserName("Benny")))));
        assertEquals(new Written.Done(), answer(submit(new Write.Rename(new UserId("unknown"), ANN.name()))));
        assertEquals(new Written.Done(), answer(submit(new Write.Touch(BEN.id()))));
    }

    @Test
    void aRoomThatIsGoneRefusesThePost() {
        RoomInfo info = lobby.info();
        Room gone = new Room(
                new RoomInfo(
                        new RoomId(99), new RoomName("gone"), info.kind(), "", info.epoch(), 1, 0, 0, info.touched()),
                tails);
        CompletableFuture<Written> refused = post(gone, ANN, "1");
        CompletableFuture<Written> good = post(lobby, ANN, "2");
        committer.start();
        assertEquals(new Written.Refused(Written.Reason.NO_SUCH_ROOM), answer(refused));
        stored(good);
    }

    @Test
    void aRoomIsMadeOnceHoweverOftenItIsAskedFor() {
        RoomName name = new RoomName("new");
        List<CompletableFuture<Written>> answers =
                List.of(submit(new Write.Open(ANN.id(), name)), submit(new Write.Open(BEN.id(), name)));
        committer.start();
        Written first = answer(answers.get(0));
        assertEquals(new Written.Opened(log.find(name).orElseThrow()), first);
        assertEquals(first, answer(answers.get(1)));
    }
}
