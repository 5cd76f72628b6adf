package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A WebSocket client that does as it is told, also what is forbidden (RFC 6455).
 *
 * <p>Nothing is read but within {@link #receive}: who does not call it is a reader that has stopped. Confined to one thread.
 */
final class WireClient implements AutoCloseable {
    /** How long anything may take before a test fails. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final DataInputStream in;
    private final HttpAnswer answer;
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
    private int fragmentsOpcode;
    private boolean answersPings = true;

    /** Connects and asks; what the answer is, {@link #answer} tells. */
    WireClient(Handshake handshake) {
        socket = new Socket();
        try {
            if (handshake.receiveBufferBytes().isPresent()) {
                socket.setReceiveBufferSize(handshake.receiveBufferBytes().get());
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(handshake.address(), (int) PATIENCE.toMillis());
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
            socket.getOutputStream().write(handshake.request().getBytes(StandardCharsets.UTF_8));
            answer = HttpAnswer.read(in);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    /** Connects and insists on being let in. */
    static WireClient open(Handshake handshake) {
        WireClient wire = new WireClient(handshake);
        assertEquals(101, wire.answer.status(), () -> "the handshake was answered with " + wire.answer);
        return wire;
    }

    HttpAnswer answer() {
        return answer;
    }

    /** From now on pings are left unanswered. */
    void ignorePings() {
        answersPings = false;
    }

    void text(String text) {
        send(ClientFrame.text(text));
    }

    /** Sends bytes as they are, in one write. */
    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes to a peer that may have cut the connection, and then may not. */
    void sendIfOpen(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            // What is read next tells how it ended.
            assertFalse(socket.isClosed(), "closed by the test itself");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next message, control frame or end; fails when nothing comes. */
    Received receive() {
        try {
            while (true) {
                int first = in.readUnsignedByte();
                int opcode = first & 0x0F;
                assertEquals(0, first & 0x70, "reserved bits, though no extension was negotiated");
                byte[] payload = payload(in.readUnsignedByte());
                if (opcode >= ClientFrame.CLOSE) {
                    return control(opcode, payload);
                }
                fragmentsOpcode = opcode == ClientFrame.CONTINUATION ? fragmentsOpcode : opcode;
                fragments.write(payload);
                if ((first & ClientFrame.FIN) != 0) {
                    byte[] whole = fragments.toByteArray();
                    fragments.reset();
                    return fragmentsOpcode == ClientFrame.TEXT
                            ? new Received.Text(strict(whole))
                            : new Received.Binary(strict(whole));
                }
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came within " + PATIENCE, e);
        } catch (EOFException | SocketException e) {
            return new Received.End();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on to the close frame or the end, whatever comes before it. */
    Received receiveEnd() {
        while (true) {
            Received received = receive();
            if (received instanceof Received.Close || received instanceof Received.End) {
                return received;
            }
        }
    }

    /** Reads on to the close frame, and says its code. */
    int closeCode() {
        Received end = receiveEnd();
        if (end instanceof Received.Close close) {
            return close.code();
        }
        throw new AssertionError("the connection ended without a close frame");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] payload(int second) throws IOException {
        assertEquals(0, second & 0x80, "a server masks no frame (RFC 6455 §5.1)");
        long length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return payload;
    }

    private Received control(int opcode, byte[] payload) throws IOException {
        switch (opcode) {
            case ClientFrame.PING -> {
                if (answersPings) {
                    send(ClientFrame.pong(payload));
                }
                return new Received.Ping(ByteBuffer.wrap(payload));
            }
            case ClientFrame.PONG -> {
                return new Received.Pong(ByteBuffer.wrap(payload));
            }
            case ClientFrame.CLOSE -> {
                return payload.length < 2
                        ? new Received.Close(1005, "")
                        : new Received.Close(
                                ByteBuffer.wrap(payload).getShort() & 0xFFFF,
                                strict(ByteBuffer.wrap(payload)
                                        .slice(2, payload.length - 2)
                                        .duplicate()));
            }
            default -> throw new AssertionError("a control frame of opcode " + opcode);
        }
    }

    private static String strict(byte[] utf8) throws CharacterCodingException {
        return strict(ByteBuffer.wrap(utf8));
    }

    private static String strict(ByteBuffer utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    }
}
