package io.parley.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** Writes a body as fast as the peer reads it. Called by the container, by one thread at a time. */
final class BodyWriter implements WriteListener {
    private static final int PIECE = 16 * 1024;

    private final Call call;
    private final ServletOutputStream out;
    private final byte[] body;
    private int written;

    BodyWriter(Call call, ServletOutputStream out, byte[] body) {
        this.call = call;
        this.out = out;
        this.body = body;
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (written == body.length) {
                call.complete();
                return;
            }
            int length = Math.min(PIECE, body.length - written);
            written += length;
            out.write(body, written - length, length);
        }
    }

    @Override
    public void onError(Throwable failure) {
        call.gone(failure);
    }
}
