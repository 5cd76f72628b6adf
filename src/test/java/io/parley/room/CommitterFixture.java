package io.parley.room;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static io.parley.contract.Logbook.session;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.config.Limits;
import io.parley.contract.Logbook;
import io.parley.identity.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/**
 * A committer on a log in memory, with two rooms.
 *
 * <p>What is submitted before the start is one group: that is how these tests say what falls together.
 */
abstract class CommitterFixture {
    static final int ALL = 1_000_000;
    static final User ANN = guest("Ann");
    static final User BEN = guest("Ben");
    static final MessageKey KEY = new MessageKey("k");

    final InMemoryRoomLog log = new InMemoryRoomLog();
    final SettableClock clock = new SettableClock();
    final TailBudget tails = new TailBudget(1 << 20);
    final Committer committer = new Committer(log, limits(10_000, 1_000), clock, new SimpleMeterRegistry());
    final Room lobby = new Room(new Logbook(log).open("lobby"), tails);
    final Room den = new Room(new Logbook(log).open("den"), tails);

    @AfterEach
    void close() {
        log.beforeCommit(() -> {});
        committer.close(Duration.ofSeconds(10));
    }

    CompletableFuture<Written> post(Room room, User author, String text) {
        return submit(
                new Write.Append(room, author, session(author.id().value()), Content.plain(text), Optional.empty()));
    }

    CompletableFuture<Written> post(Room room, User author, String text, MessageKey key) {
        return submit(
                new Write.Append(room, author, session(author.id().value()), Content.plain(text), Optional.of(key)));
    }

    CompletableFuture<Written> submit(Write write) {
        return committer.submit(write).toCompletableFuture();
    }

    static Written answer(CompletableFuture<Written> answer) {
        return answer.orTimeout(30, TimeUnit.SECONDS).join();
    }

    static Written.Stored stored(CompletableFuture<Written> answer) {
        Written written = answer(answer);
        if (written instanceof Written.Stored stored) {
            return stored;
        }
        throw new AssertionError("not stored: " + written);
    }

    List<String> texts(Room room) {
        return Logbook.texts(log.after(room.id(), 0, ALL, ALL));
    }

    static Limits limits(int queuedWrites, int groupEntries) {
        Limits all = Limits.defaults();
        return new Limits(
                all.textLength(),
                all.frameBytes(),
                all.jsonDepth(),
                all.rooms(),
                all.page(),
                all.presenceList(),
                all.receipts(),
                all.postsPerSecond(),
                all.postsBurst(),
                all.pending(),
                all.connectionsPerAddress(),
                all.connections(),
                all.httpConnectionsPerAddress(),
                all.httpConnections(),
                all.bodyBytes(),
                queuedWrites,
                groupEntries,
                all.groupBytes(),
                all.batchBytes(),
                all.tailBytes(),
                all.writeTimeoutSeconds(),
                all.pingSeconds(),
                all.helloSeconds());
    }

    /** Shows what it was set to. Thread-safe. */
    static final class SettableClock extends Clock {
        volatile Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
