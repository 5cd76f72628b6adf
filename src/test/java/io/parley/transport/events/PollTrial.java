package io.parley.transport.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a poll that waits costs: a program of its own, run by hand. It starts the server in another process, has ten thousand polls wait,
 * and prints the server's heap after a full collection and its threads, before and meanwhile; then posts once, and prints how long it took
 * until all were answered. Needs as many file descriptors ({@code ulimit -n}), twice.
 */
final class PollTrial {
    private static final int PATIENCE_SECONDS = 60;

    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<SocketChannel> polls = new ArrayList<>();

    private PollTrial(int port) {
        this.port = port;
    }

    /** Measures with as many polls as the argument says, or 10,000. */
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        Path data = Files.createTempDirectory("poll-trial");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process server = new ProcessBuilder(
                        "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dparley.port=" + port,
                        "-Dparley.data=" + data,
                        "-Dparley.limits.connectionsPerAddress=100000",
                        "-Dparley.limits.postsPerSecond=100000",
                        "-Dparley.limits.postsBurst=100000",
                        "-Dparley.limits.httpConnections=100000",
                        "-Dparley.limits.httpConnectionsPerAddress=100000",
                        "io.parley.Launcher")
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log").toFile())
                .start();
        try {
            new PollTrial(port).run(count, server.pid());
        } finally {
            server.destroy();
        }
    }

    private void run(int count, long pid) throws Exception {
        awaitPolls(0);
        begin(500);
        awaitPolls(500);
        post();
        answers();
        double heapBefore = heap(pid);
        double threadsBefore = metric("jvm_threads_live_threads");
        begin(count);
        awaitPolls(count);
        double heap = heap(pid);
        System.out.printf(
                "%d polls wait: %.0f bytes of heap each, %.0f threads more than %.0f%n",
                count, (heap - heapBefore) / count, metric("jvm_threads_live_threads") - threadsBefore, threadsBefore);
        long began = System.nanoTime();
        post();
        answers();
        System.out.printf("all answered %d ms after the post began%n", (System.nanoTime() - began) / 1_000_000);
    }

    private void begin(int count) throws IOException {
        ByteBuffer request = StandardCharsets.US_ASCII.encode(
                "GET /api/events?at=lobby&wait=60 HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n");
        for (int i = 0; i < count; i++) {
            SocketChannel poll = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            while (request.hasRemaining()) {
                poll.write(request);
            }
            request.rewind();
            polls.add(poll);
        }
    }

    /** Reads an answer of each, which fits one read, and hangs up. */
    private void answers() throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(16 * 1024);
        for (SocketChannel poll : polls) {
            answer.clear();
            poll.read(answer);
            if (!new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8).startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException("a poll was not answered");
            }
            poll.close();
        }
        polls.clear();
    }

    /** Says something, as a guest by WebSocket. */
    private void post() {
        var socket = http.newWebSocketBuilder()
                .subprotocols("superchat")
                .buildAsync(URI.create("ws://localhost:" + port + "/chat"), new java.net.http.WebSocket.Listener() {})
                .join();
        socket.sendText("{\"do\":\"post\",\"id\":1,\"room\":\"lobby\",\"text\":\"wake up\"}", true)
                .join();
    }

    private void awaitPolls(int count) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try {
                if (metric("parley_events_polls") == count) {
                    return;
                }
            } catch (UncheckedIOException notYet) {
                // It is still starting.
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("there are not " + count + " polls");
            }
        }
    }

    private static long run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Bytes of live heap. */
    private double heap(long pid) throws Exception {
        long unused = run("jcmd", Long.toString(pid), "GC.run");
        return http.send(get(), BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(PollTrial::value)
                .sum();
    }

    private double metric(String name) throws InterruptedException {
        try {
            return http.send(get(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(PollTrial::value)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest get() {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                .build();
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
