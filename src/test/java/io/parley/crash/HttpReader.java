package io.parley.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows one room by HTTP, and keeps every entry as it came: by polls, or by a stream that comes back with the id seen last. A server that
 * is gone is asked again until it is there. Thread-safe.
 */
final class HttpReader implements AutoCloseable {
    private static final Pattern POLLED =
            Pattern.compile("\"entries\":\\[(.*)],\"more\":(true|false)}},.*\"at\":\"([^\"]+)\"}");
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI events;
    private final boolean streams;
    private final StringBuilder entries = new StringBuilder();
    private final Thread thread = new Thread(this::follow, "http-reader");
    private String at;
    private @Nullable String complaint;
    private int interrupted;
    private volatile boolean closed;

    /** @param streams whether it reads an event stream rather than polls */
    HttpReader(URI events, String room, String epoch, boolean streams) {
        this.events = events;
        this.streams = streams;
        this.at = room + "@" + epoch + ":0";
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until an entry has come; fails when none at all comes for long. */
    synchronized void await(long seq) throws InterruptedException {
        String seen = at;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Client.PATIENCE_SECONDS);
        while (position() < seq) {
            if (complaint != null) {
                throw new AssertionError(complaint);
            }
            if (!seen.equals(at)) {
                seen = at;
                deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Client.PATIENCE_SECONDS);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("a reader by HTTP waits for " + seq + " and nothing comes after " + at);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** The bytes of all entries, with a comma after each. */
    synchronized String entries() {
        return entries.toString();
    }

    /** How often the server was not there, or went while it was read from. */
    synchronized int interrupted() {
        return interrupted;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private long position() {
        return Long.parseLong(at.substring(at.lastIndexOf(':') + 1));
    }

    private void follow() {
        while (!closed) {
            try {
                if (streams) {
                    stream();
                } else {
                    poll();
                }
            } catch (IOException gone) {
                synchronized (this) {
                    interrupted++;
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                complain(e.toString());
                return;
            }
        }
    }

    private void poll() throws IOException, InterruptedException {
        String place = URLEncoder.encode(at(), StandardCharsets.UTF_8);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(events + "?wait=30&at=" + place))
                        .timeout(LONGEST_ANSWER)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Matcher polled = POLLED.matcher(answer.body());
        if (answer.statusCode() == 503) {
            return;
        }
        if (!polled.find()) {
            complain("not what was asked for: " + answer.body());
            closed = true;
            return;
        }
        take(polled.group(1).isEmpty() ? "" : polled.group(1) + ",", polled.group(3));
    }

    private void stream() throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(
                HttpRequest.newBuilder(events)
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", at())
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader blocks = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            StringBuilder batch = new StringBuilder();
            for (String line = blocks.readLine(); line != null; line = blocks.readLine()) {
                if (line.startsWith("data: {\"type\":\"message\"")) {
                    batch.append(line.substring("data: ".length())).append(',');
                } else if (line.startsWith("id: ")) {
                    // Whatever comes after this id and before the next comes again to who loses the stream between
                    // them.
                    take(batch.toString(), line.substring("id: ".length()));
                    batch.setLength(0);
                }
            }
        }
        throw new IOException("the stream has ended");
    }

    private synchronized String at() {
        return at;
    }

    private synchronized void take(String batch, String next) {
        entries.append(batch);
        at = next;
        notifyAll();
    }

    private synchronized void complain(String what) {
        complaint = what;
        notifyAll();
    }
}
