package io.parley.faults;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/** Somebody who has joined a room and reads nothing. */
final class Stalled implements AutoCloseable {
    private static final int SMALL_WINDOW = 4 * 1024;

    private final Socket socket = new Socket();

    Stalled(int number, URI chat, String room) throws IOException {
        // So little that the server soon notices.
        socket.setReceiveBufferSize(SMALL_WINDOW);
        socket.bind(RawSocket.from(number));
        socket.connect(RawSocket.to(chat));
        socket.getOutputStream().write(RawSocket.handshake(chat));
        // The answer's first byte: it is let in, and may speak.
        int unused = socket.getInputStream().read();
        socket.getOutputStream().write(RawSocket.joining(room));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
