package io.parley.crash;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Speaks {@code superchat}, many commands at a time (docs/protocol.md §4). Thread-safe. */
public final class Client implements AutoCloseable {
    /** How long anything may take before a test fails. */
    public static final int PATIENCE_SECONDS = 30;

    /** A connection that ended without a close frame. */
    static final int CUT_OFF = 1006;

    /** In UTF-8, not more than a frame may have. */
    private static final int MESSAGE_CHARACTERS = 30_000;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonProvider JSON = JsonProvider.provider();
    private static final Pattern REPLY = Pattern.compile("\\{\"re\":(\\d+),");

    private final Map<Long, CompletableFuture<JsonObject>> unanswered = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final AtomicLong ids = new AtomicLong();
    private final Object sending = new Object();
    private final Queue<String> waiting = new ArrayDeque<>();
    private final CompletableFuture<WebSocket> connected;
    private boolean underWay;

    private Client(URI chat, Consumer<String> events) {
        connected = HTTP.newWebSocketBuilder().subprotocols("superchat").buildAsync(chat, new Lines(events));
    }

    /**
     * Connects.
     *
     * @param events takes every line that is no reply, one after another; must not block
     */
    public static Client connect(URI chat, Consumer<String> events) {
        return new Client(chat, events);
    }

    public static Client connect(URI chat) {
        return connect(chat, line -> {});
    }

    /** Sends a command; the stage is its whole reply, and fails when the connection ends before. Never blocks. */
    public CompletableFuture<JsonObject> ask(String command, Map<String, ?> fields) {
        long id = ids.incrementAndGet();
        Map<String, Object> all = new HashMap<>(fields);
        all.put("do", command);
        all.put("id", id);
        CompletableFuture<JsonObject> reply = new CompletableFuture<>();
        unanswered.put(id, reply);
        String line = JSON.createObjectBuilder(all).build().toString();
        synchronized (sending) {
            waiting.add(line);
            if (!underWay) {
                underWay = true;
                sendOn();
            }
        }
        if (ended.isDone()) {
            failAll();
        }
        return reply;
    }

    /** Sends what waits in one message: while one is under way, commands gather for the next. */
    private void sendOn() {
        var unused = connected.thenCompose(this::sendWaiting).whenComplete((socket, failure) -> {
            if (failure != null) {
                end(CUT_OFF);
                return;
            }
            synchronized (sending) {
                underWay = !waiting.isEmpty();
                if (underWay) {
                    sendOn();
                }
            }
        });
    }

    private CompletableFuture<WebSocket> sendWaiting(WebSocket socket) {
        StringBuilder message = new StringBuilder();
        synchronized (sending) {
            do {
                message.append(message.isEmpty() ? "" : "\n").append(waiting.remove());
            } while (!waiting.isEmpty() && message.length() + waiting.element().length() < MESSAGE_CHARACTERS);
        }
        return socket.sendText(message, true);
    }

    /** Sends a command, and awaits what it was answered with, which must not be an error. */
    public JsonObject ok(String command, Map<String, ?> fields) {
        JsonObject reply = ask(command, fields)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        JsonObject ok = reply.getJsonObject("ok");
        if (ok == null) {
            throw new AssertionError(command + " " + fields + " was answered with " + reply);
        }
        return ok;
    }

    /** The code with which the connection was closed, once it is. */
    public CompletableFuture<Integer> ended() {
        return ended;
    }

    @Override
    public void close() {
        var unused = connected.thenAccept(WebSocket::abort);
        end(CUT_OFF);
    }

    private void end(int code) {
        ended.complete(code);
        failAll();
    }

    private void failAll() {
        unanswered.keySet().forEach(id -> {
            CompletableFuture<JsonObject> reply = unanswered.remove(id);
            if (reply != null) {
                reply.completeExceptionally(new IOException("the connection ended before the answer"));
            }
        });
    }

    private void take(String line, Consumer<String> events) {
        Matcher re = REPLY.matcher(line);
        if (!re.lookingAt()) {
            events.accept(line);
            return;
        }
        CompletableFuture<JsonObject> reply = unanswered.remove(Long.valueOf(re.group(1)));
        if (reply != null) {
            try (JsonReader reader = JSON.createReader(new StringReader(line))) {
                reply.complete(reader.readObject());
            }
        }
    }

    /** Puts messages together again and splits them into lines. Confined to the socket, which calls it once at a time. */
    private final class Lines implements WebSocket.Listener {
        private final Consumer<String> events;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        Lines(Consumer<String> events) {
            this.events = events;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                takeAll(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            binary.writeBytes(bytes);
            if (last) {
                takeAll(binary.toString(StandardCharsets.UTF_8));
                binary.reset();
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            end(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            end(CUT_OFF);
        }

        /** A message is given whole, so only newlines part its lines. */
        private void takeAll(String message) {
            for (String line : message.split("\n", -1)) {
                take(line, events);
            }
        }
    }
}
