package io.parley.room;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.session;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the committer does when something goes wrong. */
class CommitterFaultsTest extends CommitterFixture {
    @Test
    void onePoisonedEntryFailsAloneAndTheOthersKeepTheirOrder() {
        log.beforeAppend(entries -> {
            if (entries.stream().anyMatch(added -> text(added.entry()).equals("poison"))) {
                throw failure(RoomLogException.Fault.REJECTED);
            }
        });
        List<CompletableFuture<Written>> answers = IntStream.range(0, 100)
                .mapToObj(i -> post(lobby, ANN, i == 37 ? "poison" : "text " + i))
                .toList();
        committer.start();
        for (int i = 0; i < 100; i++) {
            Written expected = i == 37
                    ? new Written.Refused(Written.Reason.INTERNAL)
                    : new Written.Stored(i < 37 ? i + 1 : i, NOON, false);
            assertEquals(expected, answer(answers.get(i)));
        }
        assertEquals(99, lobby.head());
        assertEquals(99, texts(lobby).size());
        assertTrue(committer.isAvailable());
    }

    @Test
    void aBugInTheStoreHitsNobodyElse() {
        log.beforeAppend(entries -> {
            if (entries.stream().anyMatch(added -> text(added.entry()).equals("poison"))) {
                throw new IllegalArgumentException("a bug");
            }
        });
        CompletableFuture<Written> poison = post(lobby, ANN, "poison");
        CompletableFuture<Written> good = post(den, BEN, "good");
        committer.start();
        assertEquals(new Written.Refused(Written.Reason.INTERNAL), answer(poison));
        stored(good);
    }

    @Test
    void aStoreThatIsDownRefusesAllAndRecovers() {
        log.beforeCommit(() -> {
            throw failure(RoomLogException.Fault.UNAVAILABLE);
        });
        List<CompletableFuture<Written>> answers = List.of(post(lobby, ANN, "1", KEY), post(den, BEN, "2"));
        committer.start();
        answers.forEach(answer -> assertEquals(new Written.Refused(Written.Reason.UNAVAILABLE), answer(answer)));
        assertFalse(committer.isAvailable());
        assertEquals(0, lobby.head());

        log.beforeCommit(() -> {});
        assertEquals(new Written.Stored(1, NOON, false), answer(post(lobby, ANN, "1", KEY)));
        assertTrue(committer.isAvailable());
    }

    @Test
    void aCommitWhoseAnswerWasLostIsFoundInTheLog() {
        log.afterCommit(() -> {
            throw failure(RoomLogException.Fault.UNKNOWN);
        });
        List<CompletableFuture<Written>> answers = List.of(post(lobby, ANN, "1"), post(den, BEN, "2"));
        committer.start();
        answers.forEach(answer -> assertEquals(new Written.Stored(1, NOON, false), answer(answer)));
        assertEquals(List.of(1L, 1L), List.of(lobby.head(), den.head()));
        assertTrue(committer.isAvailable());
    }

    @Test
    void aCommitThatLeftNothingAndNoAnswerIsRefused() {
        log.beforeCommit(() -> {
            throw failure(RoomLogException.Fault.UNKNOWN);
        });
        CompletableFuture<Written> lost = post(lobby, ANN, "1", KEY);
        committer.start();
        assertEquals(new Written.Refused(Written.Reason.UNAVAILABLE), answer(lost));
        log.beforeCommit(() -> {});
        assertEquals(new Written.Stored(1, NOON, false), answer(post(lobby, ANN, "1", KEY)));
    }

    @Test
    void oneRoomsListenerInTroubleKeepsNobodyFromHearingAndNobodyWaiting() {
        AtomicInteger heard = new AtomicInteger();
        lobby.listen(room -> {
            throw new IllegalStateException("a listener's bug");
        });
        den.listen(room -> heard.incrementAndGet());
        List<CompletableFuture<Written>> answers = List.of(post(lobby, ANN, "1"), post(den, ANN, "2"));
        committer.start();
        answers.forEach(CommitterFixture::stored);
        assertEquals(List.of(1L, 1L), List.of(lobby.head(), den.head()));
        assertEquals(1, heard.get());
    }

    @Test
    void whenMemoryRunsOutNobodyWaitsForEver() {
        log.beforeCommit(() -> {
            throw new OutOfMemoryError("for this test");
        });
        CompletableFuture<Written> unlucky = post(lobby, ANN, "1");
        committer.start();
        assertEquals(new Written.Refused(Written.Reason.UNAVAILABLE), answer(unlucky));
        log.beforeCommit(() -> {});
        stored(post(lobby, ANN, "2"));
    }

    @Test
    void whatWasCommittedAndNeverShownIsShownAsSoonAsTheStoreIsWell() {
        AtomicInteger heard = new AtomicInteger();
        lobby.listen(room -> heard.incrementAndGet());
        committer.start();
        stored(post(lobby, ANN, "something regrettable"));
        log.afterCommit(() -> {
            throw new OutOfMemoryError("for this test");
        });
        Amendment delete = new Amendment.Delete(1);
        Write.Amend write = new Write.Amend(lobby, ANN, session(ANN.id().value()), delete, Optional.empty());
        assertEquals(new Written.Refused(Written.Reason.UNAVAILABLE), answer(submit(write)));
        assertEquals(List.of(1L, 0L), List.of(lobby.head(), lobby.erasures()));

        log.afterCommit(() -> {});
        assertEquals(new Written.Done(), answer(submit(new Write.Probe())));
        assertEquals(List.of(2L, 1L), List.of(lobby.head(), lobby.erasures()));
        assertEquals(Optional.empty(), lobby.tailBetween(0, 2), "the tail would give what was deleted");
        assertEquals(2, heard.get());
    }

    @Test
    void whatWasNeverShownIsShownThoughTheRoomHasMovedOnPastIt() {
        lobby.listen(room -> {});
        committer.start();
        stored(post(lobby, ANN, "something regrettable"));
        log.afterCommit(() -> {
            throw new OutOfMemoryError("for this test");
        });
        Amendment delete = new Amendment.Delete(1);
        Write.Amend write = new Write.Amend(lobby, ANN, session(ANN.id().value()), delete, Optional.empty());
        assertEquals(new Written.Refused(Written.Reason.UNAVAILABLE), answer(submit(write)));

        log.afterCommit(() -> {});
        log.beforeFinding(() -> {
            throw failure(RoomLogException.Fault.UNAVAILABLE);
        });
        assertEquals(3, stored(post(lobby, ANN, "the next")).seq());
        assertEquals(List.of(3L, 0L), List.of(lobby.head(), lobby.erasures()), "it cannot be looked up yet");

        log.beforeFinding(() -> {});
        assertEquals(new Written.Done(), answer(submit(new Write.Probe())));
        assertEquals(List.of(3L, 1L), List.of(lobby.head(), lobby.erasures()), "batches may have what was deleted");
        assertEquals(4, stored(post(lobby, ANN, "and another")).seq());
        assertEquals(1, lobby.tailBetween(3, 4).orElseThrow().size());
        assertEquals(Optional.empty(), lobby.tailBetween(0, 4));
    }

    private static String text(Entry entry) {
        return ((Entry.Message) entry).content().text();
    }

    private static RoomLogException failure(RoomLogException.Fault fault) {
        return new RoomLogException(fault, "made by a test", new IllegalStateException("a fault for this test"));
    }
}
