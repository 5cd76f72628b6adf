package io.parley.browser;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reverse proxy that lets through only some of what passes, as proxies do, and can be made well again. Thread-safe. */
final class IllProxy implements AutoCloseable {
    /** What a proxy may do to a chat. */
    enum Ill {
        REFUSES_UPGRADES,
        /** Opens WebSockets, and passes nothing on. */
        SWALLOWS_FRAMES,
        /** Gathers event streams up, to pass them on when they end. */
        HOLDS_STREAMS,
        /** Ends requests that wait longer than it likes. */
        CUTS_OFF_POLLS
    }

    private static final int PATIENCE_MILLIS = 3_000;
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final String REFUSAL =
            "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno";

    private final int upstream;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "ill-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Set<Ill> ills = EnumSet.noneOf(Ill.class);

    IllProxy(String server) throws IOException {
        upstream = URI.create(server).getPort();
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    String url(String room) {
        return url() + "#/room/" + room;
    }

    String url() {
        return "http://localhost:" + listening.getLocalPort() + "/";
    }

    /** From now on, also for what is open. */
    void suffersFrom(Ill... some) {
        Set<Ill> now = EnumSet.noneOf(Ill.class);
        now.addAll(Set.of(some));
        ills = now;
    }

    /** Ends everything that is open. */
    void breaksOff() {
        open.forEach(IllProxy::close);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        breaksOff();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            breaksOff();
        }
    }

    /** One request for each connection: the next one may be another kind. */
    private void serve(Socket client) {
        open.add(client);
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
            open.add(server);
            String head = head(client.getInputStream());
            boolean upgrade = head.toLowerCase(Locale.ROOT).contains("upgrade: websocket");
            if (upgrade && ills.contains(Ill.REFUSES_UPGRADES)) {
                client.getOutputStream().write(ascii(REFUSAL));
                return;
            }
            server.getOutputStream().write(ascii(upgrade ? head : once(head)));
            if (upgrade) {
                client.getOutputStream().write(ascii(head(server.getInputStream())));
                threads.execute(() -> pump(client, server, Optional.of(Ill.SWALLOWS_FRAMES)));
                pump(server, client, Optional.of(Ill.SWALLOWS_FRAMES));
            } else {
                answer(client, server, head);
            }
            open.remove(server);
        } catch (IOException | UncheckedIOException gone) {
            close(client);
        } finally {
            open.remove(client);
        }
    }

    private void answer(Socket client, Socket server, String head) throws IOException {
        server.getOutputStream().write(client.getInputStream().readNBytes(length(head)));
        boolean stream = head.toLowerCase(Locale.ROOT).contains("accept: text/event-stream");
        boolean impatient = ills.contains(Ill.CUTS_OFF_POLLS) && !stream && head.contains(" /api/events");
        server.setSoTimeout(impatient ? PATIENCE_MILLIS : 0);
        pump(server, client, stream ? Optional.of(Ill.HOLDS_STREAMS) : Optional.empty());
    }

    /** Passes on what comes, as long as the proxy is well in this. */
    private void pump(Socket from, Socket to, Optional<Ill> trouble) {
        byte[] bytes = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (trouble.filter(ills::contains).isEmpty()) {
                    out.write(bytes, 0, read);
                }
            }
        } catch (IOException gone) {
            close(from);
        } finally {
            close(to);
        }
    }

    /** Up to the empty line, and with it. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int state = 0;
        while (state < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
            state = next == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String once(String head) {
        return head.replaceFirst("(?im)^connection: .*\r\n", "")
                .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
    }

    private static int length(String head) {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
