package io.parley.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Collects a body as it comes. Called by the container, by one thread at a time. */
final class BodyReader implements ReadListener {
    private static final int PIECE = 8 * 1024;

    private final Call call;
    private final int most;
    private final Consumer<byte[]> taker;

    /** The length that the request tells, or less than 0. */
    private final long expected;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean refused;
    private final AtomicBoolean whole = new AtomicBoolean();

    BodyReader(Call call, int most, Consumer<byte[]> taker) {
        this.call = call;
        this.most = most;
        this.taker = taker;
        this.expected = call.request().getContentLengthLong();
    }

    @Override
    public void onDataAvailable() throws IOException {
        read();
        ServletInputStream in = call.request().getInputStream();
        if (isWhole() || (in.isFinished() && in.available() == 0)) {
            // Payara does not call it when all of it was there from the beginning, nor when the request offers HTTP/2
            // as well.
            onAllDataRead();
        }
    }

    private void read() throws IOException {
        ServletInputStream in = call.request().getInputStream();
        byte[] piece = new byte[PIECE];
        // Not until it is finished: Payara says so as soon as all has come, and not when all has been read.
        while (!refused && !isWhole() && in.isReady()) {
            int length = in.read(piece, 0, (int) Math.min(PIECE, left()));
            if (length < 0) {
                return;
            }
            if (body.size() + length > most) {
                refused = true;
                call.answer(Problem.TOO_LARGE);
                return;
            }
            body.write(piece, 0, length);
        }
    }

    /** Whether as much has come as was to come (RFC 9112 §6.2), whatever the container thinks of it. */
    private boolean isWhole() {
        return left() == 0;
    }

    private long left() {
        return expected < 0 ? Long.MAX_VALUE : expected - body.size();
    }

    @Override
    public void onAllDataRead() {
        try {
            // Payara says so when all has come, and some of it may still be there to be read.
            if (call.request().getInputStream().available() > 0) {
                read();
            }
        } catch (IOException e) {
            call.gone(e);
            return;
        }
        if (refused || !whole.compareAndSet(false, true)) {
            return;
        }
        try {
            taker.accept(body.toByteArray());
        } catch (RuntimeException e) {
            call.failed(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        call.gone(failure);
    }
}
