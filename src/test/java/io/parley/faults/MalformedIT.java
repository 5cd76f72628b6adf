package io.parley.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.ParleyProcess;
import io.parley.conformance.ClientFrame;
import io.parley.crash.Client;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand frames and lines that no client should send, from a seed. */
class MalformedIT {
    private static final long SEED = Long.getLong("faults.seed", 20_261_121);
    /** Each brings lines, and ends by a frame. */
    private static final int CONNECTIONS = Boolean.getBoolean("test.soak") ? 50_000 : 5_000;

    private static final int LINES = 19;
    private static final int AT_A_TIME = 4;
    private static final int PATIENCE_MILLIS = 30_000;

    /** Generous: what a server warms up while it is talked to. */
    private static final long MOST_HEAP_GROWTH_BYTES = 16 * 1024 * 1024;

    @Test
    void nothingIsLeftOfThemButTheRightCloseCode(@TempDir Path data, TestReporter reporter) throws Exception {
        reporter.publishEntry("faults.seed", Long.toString(SEED));
        try (ParleyProcess server = new ParleyProcess(data, "limits.connectionsPerAddress=20000")) {
            server.start();
            send(server, SEED - AT_A_TIME, CONNECTIONS / 10);
            long heapBefore = Health.heapBytes(server);
            int saidBefore = server.said().size();
            send(server, SEED, CONNECTIONS);
            awaitNobody(server);
            long growth = Health.heapBytes(server) - heapBefore;
            assertTrue(growth < MOST_HEAP_GROWTH_BYTES, "seed " + SEED + ": the heap has grown by " + growth);
            List<String> said = server.said();
            assertTrue(
                    said.size() - saidBefore <= CONNECTIONS,
                    "seed " + SEED + ": more than a line of the log each, such as " + said.get(said.size() - 1));
            said.forEach(line -> assertTrue(!line.contains("SEVERE"), "seed " + SEED + ": " + line));
            try (Client after = Client.connect(server.chat())) {
                assertEquals("lobby", after.ok("join", Map.of("room", "lobby")).getString("room"));
            }
        }
    }

    private static void send(ParleyProcess server, long seed, int connections) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int sender = 0; sender < AT_A_TIME; sender++) {
                int number = sender;
                all.add(senders.submit(() -> {
                    Malformed malformed = new Malformed(seed + number);
                    for (int i = 0; i < connections / AT_A_TIME; i++) {
                        visit(server, malformed, "seed " + SEED + ", sender " + number + ", connection " + i, i);
                    }
                    return null;
                }));
            }
            for (Future<Void> one : all) {
                one.get(10, TimeUnit.MINUTES);
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private static void visit(ParleyProcess server, Malformed malformed, String where, int number) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.bind(RawSocket.from(number));
            socket.connect(RawSocket.to(server.chat()));
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            socket.getOutputStream().write(RawSocket.handshake(server.chat()));
            skipHead(in);
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < LINES; i++) {
                lines.add(malformed.line());
            }
            lines.forEach(line -> write(socket, ClientFrame.text(line)));
            // Whatever they were, the connection goes on.
            write(socket, ClientFrame.text("{\"do\":\"ping\",\"id\":77777}"));
            awaitAnswer(in, where + " with " + lines);
            Malformed.Frame frame = malformed.frame();
            write(socket, frame.bytes().array());
            Optional<Integer> code = closeCode(in);
            assertTrue(
                    code.isPresent() && frame.closes().contains(code.get()),
                    () -> where + ": " + frame.what() + " was closed with " + code);
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void skipHead(DataInputStream in) throws IOException {
        int newlines = 0;
        while (newlines < 2) {
            int next = in.readUnsignedByte();
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
    }

    private static void awaitAnswer(DataInputStream in, String where) throws IOException {
        while (true) {
            Frame frame = frame(in);
            assertTrue(frame.opcode != ClientFrame.CLOSE, () -> where + ": closed with " + frame.code());
            if (StandardCharsets.UTF_8.decode(frame.payload).toString().contains("\"re\":77777")) {
                return;
            }
        }
    }

    private static Optional<Integer> closeCode(DataInputStream in) throws IOException {
        try {
            while (true) {
                Frame frame = frame(in);
                if (frame.opcode == ClientFrame.CLOSE) {
                    return Optional.of(frame.code());
                }
            }
        } catch (EOFException | SocketException cut) {
            return Optional.empty();
        }
    }

    private static Frame frame(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte() & 0x0F;
        long length = in.readUnsignedByte();
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame(opcode, ByteBuffer.wrap(payload));
    }

    private static void awaitNobody(ParleyProcess server) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Health.connections(server) > 0) {
            assertTrue(System.nanoTime() < until, "connections that ended are still counted");
        }
    }

    private record Frame(int opcode, ByteBuffer payload) {
        int code() {
            return payload.remaining() < 2 ? 1005 : payload.getShort(0) & 0xFFFF;
        }
    }
}
