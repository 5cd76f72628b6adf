package io.parley.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody without a browser who says many things quickly. Confined to the test's thread. */
final class Poster implements AutoCloseable {
    private static final int ANSWER_SECONDS = 10;

    /** Fewer than the server bears. */
    private static final int PENDING = 50;

    private final WebSocket socket;
    private final BlockingQueue<String> answers;
    private int id;

    private Poster(WebSocket socket, BlockingQueue<String> answers) {
        this.socket = socket;
        this.answers = answers;
    }

    static Poster called(String name, String url) throws InterruptedException {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("superchat")
                .buildAsync(URI.create(url.replace("http", "ws") + "chat"), new Lines(answers))
                .join();
        Poster poster = new Poster(socket, answers);
        poster.ask("\"do\":\"hello\",\"name\":\"" + name + "\"");
        return poster;
    }

    /** Returns once it is stored. */
    Poster posts(String room, String text) throws InterruptedException {
        ask("\"do\":\"post\",\"room\":\"" + room + "\",\"text\":\"" + text + "\"");
        return this;
    }

    /** Posts {@code prefix 1} to {@code prefix count}, many at a time, in this order. */
    Poster postsMany(String room, String prefix, int count) throws InterruptedException {
        int unanswered = 0;
        for (int i = 1; i <= count; i++) {
            String text = prefix + " " + i;
            socket.sendText(
                            "{\"id\":" + ++id + ",\"do\":\"post\",\"room\":\"" + room + "\",\"text\":\"" + text + "\"}",
                            true)
                    .join();
            for (unanswered++; unanswered == PENDING || (i == count && unanswered > 0); unanswered--) {
                String answer = next();
                if (!answer.contains("\"ok\"")) {
                    throw new AssertionError(answer);
                }
            }
        }
        return this;
    }

    Poster opens(String room) throws InterruptedException {
        ask("\"do\":\"open\",\"kind\":\"public\",\"room\":\"" + room + "\"");
        return this;
    }

    /** Any other command, without its braces and its id. */
    Poster does(String fields) throws InterruptedException {
        ask(fields);
        return this;
    }

    /** Stays in a room, to be seen there. */
    Poster joins(String room) throws InterruptedException {
        ask("\"do\":\"join\",\"last\":0,\"room\":\"" + room + "\"");
        return this;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void ask(String fields) throws InterruptedException {
        String re = "{\"re\":" + ++id + ",";
        socket.sendText("{\"id\":" + id + "," + fields + "}", true).join();
        for (String line = next(); ; line = next()) {
            if (line.startsWith(re)) {
                if (!line.contains("\"ok\"")) {
                    throw new AssertionError(line);
                }
                return;
            }
        }
    }

    private String next() throws InterruptedException {
        String line = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("no answer within " + ANSWER_SECONDS + " s");
        }
        return line;
    }

    /** Puts messages together again and splits them into lines. */
    private static final class Lines implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();
        private final BlockingQueue<String> lines;

        Lines(BlockingQueue<String> lines) {
            this.lines = lines;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                message.toString().lines().forEach(lines::add);
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
