package io.parley.conformance;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How a server under test is reached; hangs up whatever a test has left open. Thread-safe. */
public final class Server {
    private final URI base;
    private final Queue<AutoCloseable> clients = new ConcurrentLinkedQueue<>();

    /** @param base the address of the context root, with the slash at its end */
    public Server(URI base) {
        this.base = base;
    }

    /** {@code host:port}, as the server is addressed. */
    String authority() {
        return base.getAuthority();
    }

    int port() {
        return base.getPort();
    }

    /** A path of the server, without a slash before it. */
    String path(String relative) {
        return base.getPath() + relative;
    }

    /** A handshake at {@code /chat} that asks for no subprotocol. */
    Handshake handshake() {
        return new Handshake(
                new InetSocketAddress(base.getHost(), base.getPort()),
                path("chat"),
                authority(),
                "13",
                List.of(),
                Optional.empty());
    }

    /** Somebody of whom nobody knows yet, by HTTP. */
    HttpApi http() {
        return new HttpApi(base);
    }

    /** Somebody who has come, and said nothing yet. */
    SuperchatClient superchat() {
        return superchat(handshake());
    }

    SuperchatClient superchat(Handshake handshake) {
        return kept(new SuperchatClient(handshake));
    }

    /** A guest who has said {@code hello}. */
    SuperchatClient guest() {
        SuperchatClient guest = superchat();
        guest.ok("hello");
        return guest;
    }

    /** A guest by a name that is free. */
    SuperchatClient guest(String name) {
        SuperchatClient guest = superchat();
        guest.ok("hello", "name", name);
        return guest;
    }

    /** The guest of a token. */
    SuperchatClient again(String token) {
        SuperchatClient guest = superchat();
        guest.ok("hello", "token", token);
        return guest;
    }

    /** Somebody who talks plainly in a room, which is opened if need be. */
    ChatClient talker(String name, String room) {
        return talker(handshake().query("room=" + room + "&name=" + name).protocols("chat"));
    }

    ChatClient talker(Handshake handshake) {
        return kept(new ChatClient(handshake));
    }

    /** Whoever asks for events by HTTP. */
    EventsClient events() {
        return new EventsClient(base.resolve("api/events"));
    }

    /** An event stream that is hung up at the end. */
    EventStream stream(String... fields) {
        return kept(events().stream(fields));
    }

    EventStream stream(HttpRequest.Builder request) {
        return kept(events().stream(request));
    }

    WireClient wire(Handshake handshake) {
        return kept(WireClient.open(handshake));
    }

    /** Closes every connection that was opened through here. */
    void hangUp() throws Exception {
        for (AutoCloseable client = clients.poll(); client != null; client = clients.poll()) {
            client.close();
        }
    }

    private <T extends AutoCloseable> T kept(T client) {
        clients.add(client);
        return client;
    }
}
