package io.parley.faults;

import io.parley.conformance.ClientFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Thousands who have joined a room and then only listen. They come by the thread that calls {@link #of}, and live on one of their own.
 *
 * <p>Nothing that they are told is looked at, pings included: they say unasked that they live (RFC 6455 §5.5.3).
 */
final class Crowd implements AutoCloseable {
    private static final byte[] PONG = ClientFrame.pong(new byte[0]);
    private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final long LOOK_MILLIS = 1_000;
    /** So many may be on their way in at once: a listening socket's queue is short. */
    private static final int AT_THE_DOOR = 200;

    private final Selector selector;
    private final ByteBuffer trash = ByteBuffer.allocateDirect(64 * 1024);
    private final byte[] handshake;
    private final Thread life = new Thread(this::live, "crowd");
    private int letIn;
    private long livedAt = System.nanoTime();
    private final AtomicInteger cutOff = new AtomicInteger();
    private volatile boolean over;

    private Crowd(URI chat) throws IOException {
        selector = Selector.open();
        handshake = RawSocket.handshake(chat);
    }

    /** Has them come and join; returns when all are let in, or one was cut off. */
    static Crowd of(int count, URI chat, IntFunction<String> rooms) throws IOException {
        Crowd crowd = new Crowd(chat);
        for (int i = 0; i < count && crowd.cutOff() == 0; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.bind(RawSocket.from(i));
            channel.connect(RawSocket.to(chat));
            channel.configureBlocking(false);
            channel.write(ByteBuffer.wrap(crowd.handshake));
            channel.register(crowd.selector, SelectionKey.OP_READ, RawSocket.joining(rooms.apply(i)));
            while (i - crowd.letIn >= AT_THE_DOOR && crowd.cutOff() == 0) {
                crowd.listen();
            }
        }
        while (crowd.letIn < count && crowd.cutOff() == 0) {
            crowd.listen();
        }
        crowd.life.start();
        return crowd;
    }

    /** How many are no longer there. */
    int cutOff() {
        return cutOff.get();
    }

    @Override
    public void close() throws IOException {
        over = true;
        selector.wakeup();
        try {
            life.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void live() {
        try {
            while (!over) {
                listen();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() throws IOException {
        int unused = selector.select(this::take, LOOK_MILLIS);
        if (System.nanoTime() - livedAt > LIFE_NANOS) {
            livedAt = System.nanoTime();
            for (SelectionKey key : selector.keys()) {
                if (key.isValid() && key.attachment() == null) {
                    ((SocketChannel) key.channel()).write(ByteBuffer.wrap(PONG));
                }
            }
        }
    }

    private void take(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            int read = channel.read(trash.clear());
            if (read > 0 && key.attach(null) instanceof byte[] first) {
                // The head of the answer comes in one piece, and whoever was refused is missed by the test.
                channel.write(ByteBuffer.wrap(first));
                letIn++;
            } else if (read < 0) {
                end(key);
            }
        } catch (IOException e) {
            end(key);
        }
    }

    private void end(SelectionKey key) {
        key.cancel();
        cutOff.incrementAndGet();
    }
}
