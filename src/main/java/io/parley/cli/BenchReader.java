package io.parley.cli;

import io.parley.text.InvalidInput;
import io.parley.text.JsonInput;
import io.parley.text.JsonText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One guest of a bench, who reads and posts. Thread-safe: what is received comes one message at a time. */
final class BenchReader implements WebSocket.Listener {
    private static final String SUBPROTOCOL = "superchat";
    private static final String ROOM = "parley-bench";
    private static final String TEXT = "bench %s %d";
    private static final int JOIN = 3;
    private static final int FIRST_POST = 10;
    private static final int KEY_BYTES = 16;
    private static final int DEPTH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final BenchTally tally;
    private final StringBuilder message = new StringBuilder();
    private @Nullable WebSocket socket;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private volatile String server = "";
    private volatile String failure = "";
    private volatile boolean joined;
    private volatile boolean closed;
    private long next;

    BenchReader(BenchTally tally) {
        this.tally = tally;
    }

    /** Opens a connection and says hello. Blocks. */
    static BenchReader connect(HttpClient client, URI address, BenchTally tally) {
        BenchReader reader = new BenchReader(tally);
        try {
            WebSocket socket = client.newWebSocketBuilder()
                    .subprotocols(SUBPROTOCOL)
                    .buildAsync(address, reader)
                    .join();
            if (!socket.getSubprotocol().equals(SUBPROTOCOL)) {
                socket.abort();
                throw CommandFailure.notDone(
                        "there is a WebSocket at " + address + ", but no Parley: it knows no superchat");
            }
            reader.begin(socket);
            return reader;
        } catch (CompletionException e) {
            throw CommandFailure.notDone(BenchFailures.line(address, e));
        }
    }

    /** Whether it is in its room. */
    boolean hasJoined() {
        check();
        return joined;
    }

    /** Name and version of what it is connected to. */
    String server() {
        return server;
    }

    /** Sends one post; what the network keeps waiting is sent later, in order. */
    synchronized void post(int post) {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        tally.sent(post);
        send(new JsonText()
                .object()
                .field("do", "post")
                .field("id", FIRST_POST + post)
                .field("room", ROOM)
                .field("text", TEXT.formatted(tally.run(), post))
                .field("key", Base64.getUrlEncoder().withoutPadding().encodeToString(key))
                .endObject()
                .toString());
    }

    /** @throws CommandFailure when the connection has failed, or something was refused */
    void check() {
        if (!failure.isEmpty()) {
            throw CommandFailure.notDone(failure);
        }
    }

    synchronized void close() {
        closed = true;
        if (socket != null) {
            socket.abort();
        }
    }

    private synchronized void begin(WebSocket opened) {
        socket = opened;
        send("""
                {"do":"hello","id":1,"client":"bench"}
                {"do":"open","id":2,"room":"%s","kind":"public"}
                {"do":"join","id":%d,"room":"%s","last":0}""".formatted(ROOM, JOIN, ROOM));
    }

    private void send(String text) {
        WebSocket to = socket;
        if (to != null) {
            sending = sending.thenCompose(before -> to.sendText(text, true));
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            String lines = message.toString();
            message.setLength(0);
            take(lines);
        }
        from.request(1);
        return null;
    }

    /** Takes one message: lines of JSON. */
    void take(String lines) {
        try {
            lines.lines().forEach(this::line);
        } catch (InvalidInput e) {
            fail("what it sends is no superchat: " + e.getMessage());
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        fail("the server has closed a connection: " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        fail("a connection broke: " + BenchFailures.reason(error));
    }

    private void line(String line) {
        JsonInput json = JsonInput.parse(line, DEPTH);
        OptionalLong re = json.integer("re");
        if (json.has("error")) {
            JsonInput error = json.object("error").orElseThrow();
            fail("the server refuses: " + error.string("message").orElse("") + " ("
                    + error.string("code").orElse("") + ")");
        } else if (re.isPresent()) {
            answered(re.getAsLong(), json.object("ok").orElseThrow());
        } else if (json.has("seq")
                && json.string("room").orElse("").equals(ROOM)
                && !json.string("type").orElse("").equals("read")) {
            entry(json.integer("seq").orElseThrow(), json.string("text").orElse(""));
        }
    }

    private void answered(long re, JsonInput ok) {
        if (re >= FIRST_POST) {
            tally.acknowledged((int) re - FIRST_POST);
        } else if (re == JOIN) {
            next = ok.integer("head").orElseThrow() + 1;
            joined = true;
        } else {
            ok.object("server")
                    .ifPresent(it -> server = it.string("name").orElse("") + " "
                            + it.string("version").orElse(""));
        }
    }

    private void entry(long seq, String text) {
        if (seq < next) {
            tally.doubled();
            return;
        }
        tally.missed(seq - next);
        next = seq + 1;
        String ours = "bench " + tally.run() + " ";
        if (text.startsWith(ours)) {
            tally.shown(Integer.parseInt(text.substring(ours.length())));
        }
    }

    private void fail(String why) {
        if (!closed && failure.isEmpty()) {
            failure = why;
            tally.broken();
        }
    }
}
