package io.parley.crash;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Follows one room from a position on, over any number of connections, and keeps every line of it as it came. Thread-safe. */
final class Reader implements AutoCloseable {
    private final String room;
    private final String frames;
    private final Pattern event;
    private final List<String> lines = new ArrayList<>();
    private final long first;
    private final String epoch;
    private long position;
    private long mark = Long.MAX_VALUE;
    private Runnable atMark = () -> {};
    private long awaited = Long.MAX_VALUE;
    private @Nullable String complaint;
    private @Nullable Client client;

    /**
     * A reader who has read up to a position.
     *
     * @param frames {@code text} or {@code binary}
     */
    Reader(String room, String epoch, long position, String frames) {
        this.room = room;
        this.epoch = epoch;
        this.first = position;
        this.position = position;
        this.frames = frames;
        this.event = Pattern.compile("\\{\"type\":\"\\w+\",\"room\":\"" + room + "\",\"seq\":(\\d+),");
    }

    /** Comes again and goes on where it stopped; gives how far behind it is. Blocks for the answer. */
    long follow(URI chat) {
        Client fresh = Client.connect(chat, this::take);
        client = fresh;
        fresh.ok("hello", Map.of("frames", frames));
        long from = position();
        JsonObject joined = fresh.ok("join", Map.of("room", room, "after", from, "epoch", epoch));
        if (!joined.getBoolean("complete") || !joined.getString("epoch").equals(epoch)) {
            throw new AssertionError("position " + from + " cannot be resumed: " + joined);
        }
        return joined.getJsonNumber("head").longValueExact() - from;
    }

    synchronized long position() {
        return position;
    }

    /** Has something done, once, as soon as a position is reached; must not block. */
    synchronized void when(long reached, Runnable action) {
        mark = reached;
        atMark = action;
    }

    /** Waits until an entry has come; fails when none at all comes for long. */
    synchronized void await(long seq) throws InterruptedException {
        long seen = position;
        long deadline = patience();
        while (position < seq && complaint == null) {
            awaited = Math.min(awaited, seq);
            if (position != seen) {
                seen = position;
                deadline = patience();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(
                        "a reader of " + room + " waits for " + seq + " and nothing comes after " + seen);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        if (complaint != null) {
            throw new AssertionError(complaint);
        }
    }

    private static long patience() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(Client.PATIENCE_SECONDS);
    }

    /** The lines of the entries after a position, as they came. */
    synchronized List<String> linesAfter(long seq) {
        return List.copyOf(lines.subList((int) (seq - first), lines.size()));
    }

    @Override
    public void close() {
        Client open = client;
        if (open != null) {
            open.close();
        }
    }

    private synchronized void take(String line) {
        Matcher entry = event.matcher(line);
        if (!entry.lookingAt()) {
            return;
        }
        long seq = Long.parseLong(entry.group(1));
        if (seq != position + 1 && complaint == null) {
            complaint = "after " + position + " came " + line;
        }
        position = seq;
        lines.add(line);
        if (position >= mark) {
            mark = Long.MAX_VALUE;
            atMark.run();
        }
        if (position >= awaited || complaint != null) {
            awaited = Long.MAX_VALUE;
            notifyAll();
        }
    }
}
