package io.parley.delivery;

import java.util.List;

/** Somebody who talks {@code chat}. Confined to the test's thread. */
final class Chatter {
    private final FakeTransport transport;
    private final Connection connection;

    Chatter(FakeTransport transport, Connection connection) {
        this.transport = transport;
        this.connection = connection;
    }

    FakeTransport transport() {
        return transport;
    }

    void say(String line) {
        send(new Inbound.Text(line));
    }

    void send(Inbound message) {
        connection.received(message);
    }

    /** Waits until a line is there. */
    void await(String line) {
        Await.until(line, () -> lines().contains(line));
    }

    List<String> lines() {
        return transport.frames().stream().map(Frame::text).toList();
    }
}
