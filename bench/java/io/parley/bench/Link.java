package io.parley.bench;

import io.parley.bench.Dialect.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One connection to the server, from the handshake on. Confined to the generator's thread. */
final class Link implements FrameParser.Receiver, AutoCloseable {
    /** RFC 6455 §1.3: a key and its answer, both of the specification's example. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final int MOST_QUEUED_BYTES = 1024 * 1024;
    private static final byte NEWLINE = '\n';
    private static final int MASK_BYTES = 4;

    /** Told what becomes of a connection. */
    interface Owner {
        void ready(Link link);

        void acknowledged(Link link);
    }

    private final Dialect dialect;
    private final String room;
    private final Role role;
    private final Owner owner;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final FrameParser parser = new FrameParser();
    private byte[] rest = new byte[0];
    private @Nullable ByteBuffer unsent;
    private RoomStream.@Nullable Cursor cursor;
    private @Nullable RoomStream stream;
    private boolean shaken;
    private boolean ready;
    private long received;

    /** @param receiveBytes of the socket's buffer; 0 leaves it to the system */
    Link(
            Selector selector,
            InetSocketAddress server,
            Dialect dialect,
            String room,
            Role role,
            Owner owner,
            int receiveBytes)
            throws IOException {
        this.dialect = dialect;
        this.room = room;
        this.role = role;
        this.owner = owner;
        this.channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (receiveBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
        }
        this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        if (channel.connect(server)) {
            connected();
        }
    }

    /** From now on this reader is held against the room's order. */
    void follow(RoomStream of) {
        stream = of;
        cursor = of.reader();
    }

    String room() {
        return room;
    }

    void post(String text, long id) throws IOException {
        send(dialect.post(room, text, id));
    }

    /** Reads no more, as a reader does whose program hangs. */
    void stall() {
        key.interestOps(0);
    }

    /** Does what the socket is ready for. */
    void turn(ByteBuffer in, long now) throws IOException {
        if (key.isConnectable() && channel.finishConnect()) {
            connected();
        }
        if (key.isValid() && key.isWritable()) {
            flush();
        }
        if (key.isValid() && key.isReadable()) {
            read(in, now);
        }
    }

    @Override
    public void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            throw new Broken("cannot close a socket", e);
        }
    }

    private void connected() throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        String request = "GET " + dialect.address(room)
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n" + dialect.headers() + "\r\n";
        write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }

    private void read(ByteBuffer in, long now) throws IOException {
        received = now;
        in.clear().put(rest);
        int count = channel.read(in);
        if (count < 0) {
            throw new Broken("the server has closed a connection" + (shaken ? "" : " during the handshake"));
        }
        in.flip();
        if (shaken || shake(in)) {
            parser.parse(in, this);
        }
        int left = in.remaining();
        if (left > 0 || rest.length > 0) {
            rest = new byte[left];
            in.get(rest);
        }
    }

    private boolean shake(ByteBuffer in) throws IOException {
        byte[] bytes = new byte[in.remaining()];
        in.get(in.position(), bytes);
        String answer = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        if (!answer.startsWith("HTTP/1.1 101 ") || !answer.contains(ACCEPT)) {
            throw new Broken("the handshake is answered with "
                    + answer.lines().findFirst().orElse("nothing"));
        }
        in.position(in.position() + end + 4);
        shaken = true;
        for (String line : dialect.opening(room, role)) {
            send(line);
        }
        if (dialect.opening(room, role).isEmpty()) {
            // The answer to a handshake may come before the server knows whom to send to; the answer to a ping does
            // not.
            frame(FrameParser.PING, new byte[0]);
        }
        return true;
    }

    private void isReady() {
        if (!ready) {
            ready = true;
            owner.ready(this);
        }
    }

    @Override
    public void message(ByteBuffer payload) {
        if (stream != null && cursor != null && stream.takeKnown(cursor, payload, received)) {
            return;
        }
        while (payload.hasRemaining()) {
            int end = payload.position();
            while (end < payload.limit() && payload.get(end) != NEWLINE) {
                end++;
            }
            byte[] line = new byte[end - payload.position()];
            payload.get(line);
            if (payload.hasRemaining()) {
                payload.get();
            }
            line(line);
        }
    }

    private void line(byte[] line) {
        switch (dialect.read(line)) {
            case MESSAGE -> {
                if (stream != null && cursor != null) {
                    stream.take(cursor, line, received);
                }
            }
            case READY -> isReady();
            case ACKNOWLEDGED -> owner.acknowledged(this);
            case PING -> sendUnchecked(dialect.pong());
            case OTHER -> {}
        }
    }

    @Override
    public void control(int opcode, byte[] payload) {
        if (opcode == FrameParser.CLOSE) {
            throw new Broken("the server says goodbye: "
                    + (payload.length < 2
                            ? "no reason"
                            : ((((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF)) + " "
                                    + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8))));
        }
        if (opcode == FrameParser.PONG) {
            isReady();
        }
        if (opcode == FrameParser.PING) {
            try {
                frame(FrameParser.PONG, payload);
            } catch (IOException e) {
                throw new Broken("cannot answer a ping", e);
            }
        }
    }

    private void sendUnchecked(String text) {
        try {
            send(text);
        } catch (IOException e) {
            throw new Broken("cannot send", e);
        }
    }

    private void send(String text) throws IOException {
        frame(FrameParser.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private void frame(int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 2 + Short.BYTES + MASK_BYTES);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        int mask = ThreadLocalRandom.current().nextInt();
        frame.putInt(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ (mask >>> (24 - 8 * (i & 3)))));
        }
        write(frame.flip());
    }

    private void write(ByteBuffer bytes) throws IOException {
        ByteBuffer before = unsent;
        if (before == null) {
            channel.write(bytes);
            if (bytes.hasRemaining()) {
                unsent = bytes;
                key.interestOpsOr(SelectionKey.OP_WRITE);
            }
            return;
        }
        if (before.remaining() + bytes.remaining() > MOST_QUEUED_BYTES) {
            throw new Broken("the server does not read what is sent");
        }
        unsent = ByteBuffer.allocate(before.remaining() + bytes.remaining())
                .put(before)
                .put(bytes)
                .flip();
    }

    private void flush() throws IOException {
        ByteBuffer bytes = unsent;
        if (bytes != null) {
            channel.write(bytes);
        }
        if (bytes == null || !bytes.hasRemaining()) {
            unsent = null;
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
        }
    }
}
