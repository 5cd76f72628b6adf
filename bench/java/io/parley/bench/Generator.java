package io.parley.bench;

import io.parley.bench.Dialect.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Drives one server from one thread: all connections, what they send, and the check of what they are sent. Confined to that thread. */
final class Generator implements Link.Owner, AutoCloseable {
    /** More than the longest frame; no more than the processor's cache holds. */
    private static final int READ_BYTES = 512 * 1024;

    private static final int OPENING_AT_ONCE = 64;

    /** Sockets that are read between two looks at what is to be sent. */
    private static final int READS_BETWEEN_SENDS = 16;

    private static final long SPIN_NANOS = 1_000_000;
    private static final Duration SETUP = Duration.ofMinutes(2);

    /** What is to be sent, and when. */
    interface Posting {
        /**
         * Sends what is due.
         *
         * @return when to call again, in the terms of {@link System#nanoTime}
         */
        long post(long now) throws IOException;
    }

    static final Posting NOTHING = now -> now + Duration.ofSeconds(1).toNanos();

    private final InetSocketAddress server;
    private final Dialect dialect;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final List<Link> links = new ArrayList<>();
    private Consumer<Link> onAcknowledged = link -> {};
    private int ready;

    Generator(int port, Dialect dialect) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.dialect = dialect;
        this.selector = Selector.open();
    }

    /** Who is told of each answer to a post. */
    void onAcknowledged(Consumer<Link> listener) {
        onAcknowledged = listener;
    }

    /** Opens that many connections, {@value #OPENING_AT_ONCE} at a time, and returns when all are ready. */
    List<Link> connect(int count, String room, Role role) throws IOException {
        return connect(count, room, role, 0);
    }

    /** @param receiveBytes of the sockets' buffers; 0 leaves it to the system */
    List<Link> connect(int count, String room, Role role, int receiveBytes) throws IOException {
        int before = ready;
        List<Link> opened = new ArrayList<>(count);
        run(SETUP, "connections that were not ready in time", NOTHING, () -> {
            while (opened.size() < count && opened.size() - (ready - before) < OPENING_AT_ONCE) {
                opened.add(open(room, role, receiveBytes));
            }
            return ready - before == count;
        });
        return opened;
    }

    private Link open(String room, Role role, int receiveBytes) {
        try {
            Link link = new Link(selector, server, dialect, room, role, this, receiveBytes);
            links.add(link);
            return link;
        } catch (IOException e) {
            throw new Broken("cannot connect", e);
        }
    }

    /** Posts and reads for that long. */
    void run(Duration duration, Posting posting) throws IOException {
        long end = System.nanoTime() + duration.toNanos();
        loop(end, posting, () -> false);
    }

    /**
     * Posts and reads until it is done.
     *
     * @throws Broken when it was not done in time
     */
    void run(Duration atMost, String otherwise, Posting posting, BooleanSupplier done) throws IOException {
        if (!loop(System.nanoTime() + atMost.toNanos(), posting, done)) {
            throw new Broken(otherwise);
        }
    }

    /** Sends nothing and reads what comes, for that long. */
    void idle(Duration duration) throws IOException {
        run(duration, NOTHING);
    }

    private boolean loop(long end, Posting posting, BooleanSupplier done) throws IOException {
        while (!done.getAsBoolean()) {
            long now = System.nanoTime();
            if (now >= end) {
                return false;
            }
            select(Math.min(end, posting.post(now)) - now);
            int reads = 0;
            Iterator<SelectionKey> selected = selector.selectedKeys().iterator();
            while (selected.hasNext()) {
                SelectionKey key = selected.next();
                selected.remove();
                if (key.isValid() && key.attachment() instanceof Link link) {
                    link.turn(in, System.nanoTime());
                }
                if (++reads % READS_BETWEEN_SENDS == 0) {
                    posting.post(System.nanoTime());
                }
            }
        }
        return true;
    }

    /** Waits without sleeping past what is due: the clock of {@code select} is in milliseconds. */
    private void select(long waitNanos) throws IOException {
        if (waitNanos > 2 * SPIN_NANOS) {
            selector.select(waitNanos / SPIN_NANOS - 1);
        } else {
            selector.selectNow();
        }
    }

    @Override
    public void ready(Link link) {
        ready++;
    }

    @Override
    public void acknowledged(Link link) {
        onAcknowledged.accept(link);
    }

    @Override
    public void close() throws IOException {
        links.forEach(Link::close);
        selector.close();
    }
}
