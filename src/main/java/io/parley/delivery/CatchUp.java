package io.parley.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.config.Limits;
import io.parley.room.Room;
import io.parley.room.RoomLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Reads pages from the log for cursors behind the tail: one reading for all who want the same page. Thread-safe.
 *
 * <p>A reader has at most one page under way or waiting to be written, so that it is read for at the pace of its own writes.
 */
final class CatchUp {
    private static final Logger LOG = System.getLogger(CatchUp.class.getName());
    private static final int MOST_ENTRIES = 1_000;

    private final RoomLog log;
    private final Executor readers;
    private final Limits limits;
    private final Counter pages;
    private final ConcurrentHashMap<Wanted, CompletableFuture<Batch>> underWay = new ConcurrentHashMap<>();

    CatchUp(RoomLog log, Executor readers, Limits limits, MeterRegistry meters) {
        this.log = log;
        this.readers = readers;
        this.limits = limits;
        this.pages = Counter.builder("parley.catchup.pages")
                .description("pages read from the log for readers behind the tail")
                .register(meters);
    }

    /** Has the page after the reader's cursor read; the reader is woken with it. Called by the reader's worker. */
    void read(Subscription reader) {
        reader.reading = true;
        Room room = reader.readers.room();
        reader.pageErasures = room.erasures();
        Wanted wanted = new Wanted(room, reader.cursor, reader.outbox.subprotocol(), reader.pageErasures);
        CompletableFuture<Batch> mine = new CompletableFuture<>();
        CompletableFuture<Batch> reading = underWay.putIfAbsent(wanted, mine);
        if (reading == null) {
            start(wanted, mine);
            reading = mine;
        }
        tell(reader, reading);
    }

    private static void tell(Subscription reader, CompletionStage<Batch> reading) {
        reading.whenComplete((batch, failure) -> reader.outbox.worker().execute(() -> {
            reader.reading = false;
            if (failure == null) {
                reader.page = batch;
                reader.outbox.wake(reader);
            } else {
                reader.outbox.worker().retrySoon(reader);
            }
        }));
    }

    private void start(Wanted wanted, CompletableFuture<Batch> promise) {
        try {
            readers.execute(() -> {
                try {
                    Batch batch = page(wanted);
                    underWay.remove(wanted);
                    promise.complete(batch);
                } catch (RuntimeException | Error e) {
                    LOG.log(
                            Level.WARNING,
                            "a page of room {0} cannot be read: {1}",
                            wanted.room.name(),
                            e.getMessage());
                    fail(wanted, promise, e);
                }
            });
        } catch (RuntimeException | Error e) {
            fail(wanted, promise, e);
        }
    }

    private void fail(Wanted wanted, CompletableFuture<Batch> promise, Throwable cause) {
        underWay.remove(wanted);
        promise.completeExceptionally(cause);
    }

    private Batch page(Wanted wanted) {
        int most = wanted.subprotocol.joinsLines() ? MOST_ENTRIES : 1;
        RoomLog.Page page = log.after(wanted.room.id(), wanted.after, most, 2 * limits.batchBytes());
        List<byte[]> lines = new ArrayList<>(page.entries().size());
        int bytes = 0;
        long to = wanted.after;
        for (var entry : page.entries()) {
            byte[] line = wanted.subprotocol.encode(wanted.room.name(), entry);
            boolean full = !wanted.subprotocol.joinsLines() || bytes + line.length > limits.batchBytes();
            if (full && !lines.isEmpty()) {
                break;
            }
            lines.add(line);
            bytes += line.length + 1;
            to = entry.seq();
        }
        if (lines.isEmpty()) {
            throw new IllegalStateException("nothing after " + wanted.after + " though the head is past it");
        }
        pages.increment();
        return Batch.join(wanted.room, wanted.after, to, lines);
    }

    /** @param erasures what was being read when something was erased is not for those who ask afterwards */
    private record Wanted(Room room, long after, Subprotocol subprotocol, long erasures) {}
}
