package io.parley.room;

import static io.parley.contract.Logbook.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.conformance.Covers;
import io.parley.identity.User;
import io.parley.identity.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far users have read, from asking to the log. */
class ReadMarksTest extends CommitterFixture {
    private final ReadMarks marks = new ReadMarks(log, committer, limits(10, 10), new SimpleMeterRegistry());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void talk() {
        committer.start();
        for (int i = 1; i <= 5; i++) {
            stored(post(lobby, BEN, "text " + i));
        }
        stored(post(den, ANN, "I am stored"));
        marks.listen((reader, room, seq) -> told.add(reader.name() + " " + room + " " + seq));
    }

    @Test
    void aMarkIsThereWhenItIsAnswered() {
        try (Reader ann = enter(ANN.id())) {
            CompletableFuture<Written> read = read(ann, ANN, lobby, 3);
            assertFalse(read.isDone(), "it waits for others to be written with it");
            assertEquals(Optional.empty(), ann.mark(lobby.id()));
            marks.flush();
            answer(read);
            assertEquals(Optional.of(new ReadMark(3, 3, true)), ann.mark(lobby.id()));
            assertEquals(Map.of(lobby.id(), new ReadMark(3, 3, true)), log.readMarks(ANN.id()));
            assertEquals(List.of("Ann lobby 3"), told);
        }
    }

    @Test
    void marksFromBeforeTheFirstPostAreStoredHoweverOftenThatFails() {
        User cat = guest("Cat");
        try (Reader reader = enter(cat.id())) {
            CompletableFuture<Written> read = read(reader, cat, lobby, 3);
            marks.flush();
            answer(read);
            assertEquals(Optional.of(new ReadMark(3, 3, false)), reader.mark(lobby.id()));
            stored(post(den, cat, "here I am"));
            reader.posted(cat);
            log.beforeCommit(() -> {
                throw new RoomLogException(
                        RoomLogException.Fault.UNAVAILABLE, "made by a test", new IllegalStateException("a fault"));
            });
            marks.flush();
            answer(submit(new Write.Probe()));
            log.beforeCommit(() -> {});
            stored(post(den, cat, "and again"));
            reader.posted(cat);
            marks.flush();
            answer(submit(new Write.Probe()));
            assertEquals(Map.of(lobby.id(), new ReadMark(3, 3, true)), log.readMarks(cat.id()));
        }
    }

    @Test
    @Covers("read-stored")
    void marksBetweenTwoFlushesAreOneWrite() {
        try (Reader ann = enter(ANN.id())) {
            List<CompletableFuture<Written>> asked = new ArrayList<>();
            for (long seq : new long[] {1, 4, 2}) {
                asked.add(read(ann, ANN, lobby, seq));
            }
            asked.add(read(ann, ANN, den, 1));
            List<Integer> commits = new ArrayList<>();
            log.beforeCommit(() -> commits.add(1));
            marks.flush();
            asked.forEach(CommitterFixture::answer);
            assertEquals(1, commits.size());
            assertEquals(
                    Map.of(lobby.id(), new ReadMark(4, 4, true), den.id(), new ReadMark(1, 1, true)),
                    log.readMarks(ANN.id()));
            assertEquals(
                    List.of("Ann den 1", "Ann lobby 4"), told.stream().sorted().toList());
        }
    }

    @Test
    void whatIsAskedWhileAWriteIsUnderWayIsWrittenNext() {
        try (Reader ann = enter(ANN.id())) {
            CompletableFuture<Written> second = new CompletableFuture<>();
            log.beforeCommit(() -> {
                log.beforeCommit(() -> {});
                ann.read(ANN, lobby, 5).thenAccept(second::complete);
                marks.flush();
            });
            CompletableFuture<Written> first = read(ann, ANN, lobby, 2);
            marks.flush();
            answer(first);
            assertEquals(2, ann.mark(lobby.id()).orElseThrow().seq());
            marks.flush();
            answer(second);
            assertEquals(5, ann.mark(lobby.id()).orElseThrow().seq());
            assertEquals(List.of("Ann lobby 2", "Ann lobby 5"), told);
        }
    }

    @Test
    void aMarkThatIsThereIsAnsweredAtOnceAndNothingIsToldOrWritten() {
        try (Reader ann = enter(ANN.id())) {
            mark(ann, ANN, lobby, 4);
            told.clear();
            log.beforeCommit(() -> {
                throw new IllegalStateException("there was nothing to write");
            });
            assertEquals(new Written.Done(), read(ann, ANN, lobby, 4).getNow(null));
            assertEquals(new Written.Done(), read(ann, ANN, lobby, 1).getNow(null));
            marks.flush();
            assertEquals(4, ann.mark(lobby.id()).orElseThrow().seq());
            assertEquals(List.of(), told);
        }
    }

    @Test
    void allConnectionsOfAUserShareTheirMarksWhichOutliveThem() {
        Reader one = enter(ANN.id());
        Reader two = enter(ANN.id());
        assertSame(one, two);
        mark(one, ANN, lobby, 4);
        one.close();
        assertEquals(4, two.mark(lobby.id()).orElseThrow().seq());
        assertEquals(1, marks.size());
        two.close();
        assertEquals(0, marks.size());
        try (Reader again = enter(ANN.id())) {
            assertEquals(Optional.of(new ReadMark(4, 4, true)), again.mark(lobby.id()));
        }
    }

    @Test
    void whoGoesBeforeTheFlushIsWrittenAndThenForgotten() {
        Reader ann = enter(ANN.id());
        CompletableFuture<Written> read = read(ann, ANN, lobby, 4);
        ann.close();
        assertEquals(1, marks.size());
        marks.flush();
        answer(read);
        assertEquals(Map.of(lobby.id(), new ReadMark(4, 4, true)), log.readMarks(ANN.id()));
        assertEquals(0, marks.size());
    }

    @Test
    @Covers("read-guest")
    void aGuestWhoNeverPostedHasMarksInMemoryAndKeepsThemWithTheFirstPost() {
        User cat = guest("Cat");
        try (Reader reader = enter(cat.id())) {
            mark(reader, cat, lobby, 4);
            assertEquals(Optional.of(new ReadMark(4, 4, false)), reader.mark(lobby.id()));
            assertEquals(Map.of(), log.readMarks(cat.id()));
            assertEquals(List.of("Cat lobby 4"), told);
            stored(post(den, cat, "now I am stored"));
            reader.posted(cat);
            marks.flush();
            answer(post(lobby, BEN, "the next group"));
            assertEquals(Map.of(lobby.id(), new ReadMark(4, 4, true)), log.readMarks(cat.id()));
            assertEquals(Optional.of(new ReadMark(4, 4, true)), reader.mark(lobby.id()));
            assertEquals(List.of("Cat lobby 4"), told, "nothing has moved by that");
        }
    }

    @Test
    void aStoreThatTakesNothingIsToldToWhoAskedAndNothingMoves() {
        try (Reader ann = enter(ANN.id())) {
            log.beforeCommit(() -> {
                throw new RoomLogException(RoomLogException.Fault.UNAVAILABLE, "full", new Exception());
            });
            CompletableFuture<Written> read = read(ann, ANN, lobby, 4);
            marks.flush();
            assertEquals(new Written.Refused(Written.Reason.UNAVAILABLE), answer(read));
            assertEquals(Optional.empty(), ann.mark(lobby.id()));
            log.beforeCommit(() -> {});
            mark(ann, ANN, lobby, 4);
            assertEquals(List.of("Ann lobby 4"), told);
        }
    }

    @Test
    @Covers({"read-load", "signal-drop"})
    void underLoadMarksAreTheFirstToBeRefused() throws Exception {
        CompletableFuture<Boolean> goOn = new CompletableFuture<>();
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        log.beforeCommit(() -> {
            held.complete(true);
            goOn.join();
        });
        try (Reader ann = enter(ANN.id())) {
            List<CompletableFuture<Written>> posts = new ArrayList<>(List.of(post(lobby, BEN, "holds the committer")));
            held.get(30, TimeUnit.SECONDS);
            // The marks here know of a queue of ten.
            IntStream.range(0, 6).forEach(i -> posts.add(post(lobby, BEN, "waits")));
            CompletableFuture<Written> read = read(ann, ANN, lobby, 4);
            marks.flush();
            assertEquals(new Written.Refused(Written.Reason.UNAVAILABLE), read.getNow(null));
            goOn.complete(true);
            posts.forEach(CommitterFixture::stored);
            mark(ann, ANN, lobby, 4);
        }
    }

    @Test
    void aLogThatCannotBeReadLetsNobodyIn() {
        log.beforeReading(() -> {
            throw new RoomLogException(RoomLogException.Fault.UNAVAILABLE, "gone", new Exception());
        });
        assertThrows(RoomLogException.class, () -> enter(ANN.id()));
        assertEquals(0, marks.size());
        log.beforeReading(() -> {});
        enter(ANN.id()).close();
        assertEquals(0, marks.size());
    }

    private void mark(Reader reader, User user, Room room, long seq) {
        CompletableFuture<Written> read = read(reader, user, room, seq);
        marks.flush();
        assertEquals(Written.Marked.class, answer(read).getClass());
    }

    private static CompletableFuture<Written> read(Reader reader, User user, Room room, long seq) {
        return reader.read(user, room, seq).toCompletableFuture();
    }

    private Reader enter(UserId id) {
        try {
            return marks.enter(id).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
