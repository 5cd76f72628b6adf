package io.parley.embedded;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/**
 * A body whose listener is called when the first of it is there; Grizzly only calls it for what comes later. Confined to one request.
 *
 * <p>A short body is whole when its servlet is called ({@link BodyFilter}): there is nothing to wait for.
 */
final class AsyncInput extends ServletInputStream {
    private final ServletInputStream in;
    private final boolean whole;

    AsyncInput(ServletInputStream in, boolean whole) {
        this.in = in;
        this.whole = whole;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        try {
            if (!whole) {
                in.setReadListener(listener);
                if (in.isReady()) {
                    listener.onDataAvailable();
                }
                return;
            }
            if (in.available() > 0) {
                listener.onDataAvailable();
            }
            if (in.available() == 0) {
                listener.onAllDataRead();
            }
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    @Override
    public boolean isReady() {
        return whole || in.isReady();
    }

    @Override
    public boolean isFinished() {
        try {
            return whole ? in.available() == 0 : in.isFinished();
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public int read() throws IOException {
        return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
