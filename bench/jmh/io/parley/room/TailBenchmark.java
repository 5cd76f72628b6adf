package io.parley.room;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A room's newest entries: to add one, and to take those after a cursor. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TailBenchmark {
    private static final RoomName ROOM = new RoomName("lobby");
    private static final int HELD = 10_000;
    private static final int BATCH = 200;

    private final User author = User.guest(new UserId("g1"), new UserName("Ann"));
    private final Content text = Content.plain("x".repeat(128));
    private Tail tail = new Tail();
    private long next = 1;

    @Setup
    public void fill() {
        while (next <= HELD) {
            tail.add(entry());
        }
    }

    @Benchmark
    public long add() {
        tail.add(entry());
        return next % HELD == 0 ? tail.dropOlderHalf() : 0;
    }

    @Benchmark
    public List<TailEntry> takeABatch() {
        return tail.between(next - 1 - BATCH, next - 1);
    }

    private TailEntry entry() {
        Entry entry = new Entry.Message(next++, Instant.EPOCH, author, text, Optional.empty(), false);
        return new TailEntry(ROOM, entry);
    }
}
