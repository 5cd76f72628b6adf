package io.parley.hooks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One POST by HTTP/1.1, over a connection of its own. Confined to the thread that runs it, but for {@link #abort}.
 *
 * <p>The name is looked up once and the connection is made to the very address that was judged: a client that looks it up again could be
 * given another one (DNS rebinding). Redirects are not followed, and of an answer only the status counts.
 */
final class Post implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Post.class.getName());
    private static final int MOST_ADDRESSES = 3;
    private static final int MOST_HEAD_BYTES = 16 * 1024;
    private static final int MOST_BODY_BYTES = 64 * 1024;
    private static final int LONGEST_BODY_MILLIS = 1_000;
    private static final int INFORMATION = 1;
    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;
    private static final int GONE = 410;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)(?: .*)?");
    private static final Pattern LENGTH = Pattern.compile("content-length:\\s*(\\d{1,9})\\s*");

    /**
     * How connections are made. Immutable.
     *
     * @param tls asked for when first needed: to read whom Java trusts takes a while
     */
    record Ways(PublicAddresses addresses, Names names, Supplier<SSLSocketFactory> tls, Bounds bounds) {}

    private final Target target;
    private final Ways ways;
    private volatile @Nullable Socket socket;
    private volatile boolean aborted;
    private @Nullable Socket open;

    Post(Target target, Ways ways) {
        this.target = target;
        this.ways = ways;
    }

    /**
     * Where a target is. Blocks.
     *
     * @throws IOException when there is no such host, or it is somewhere that webhooks may not go; the message is fit for an operator
     */
    static InetAddress[] addresses(Target target, Ways ways) throws IOException {
        InetAddress[] found;
        try {
            found = ways.names.of(target.host());
        } catch (UnknownHostException e) {
            throw new IOException("there is no host " + target.host(), e);
        }
        for (InetAddress address : found) {
            // One that is not public among others that are is a trick, or a mistake that should be seen.
            if (!ways.addresses.allow(target.host(), address)) {
                throw new IOException(target.host() + " is " + address.getHostAddress()
                        + ", which is no public address; parley.hookTargets would allow it");
            }
        }
        return found;
    }

    /** Connects, by TLS where the target says so. Blocks, at most until it is aborted. */
    void connect() throws IOException {
        Socket plain = connected(addresses(target, ways));
        plain.setTcpNoDelay(true);
        plain.setSoTimeout((int) ways.bounds.attempt().toMillis());
        open = target.tls() ? byTls(plain) : plain;
    }

    /** Sends a body and reads what is said to it. Blocks, at most until it is aborted. */
    Outcome send(Map<String, String> headers, byte[] body) throws IOException {
        Socket to = open;
        if (to == null) {
            throw new IllegalStateException("not connected");
        }
        StringBuilder head = new StringBuilder("POST ")
                .append(target.path())
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.authority())
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[first.length + body.length];
        System.arraycopy(first, 0, request, 0, first.length);
        System.arraycopy(body, 0, request, first.length, body.length);
        OutputStream out = to.getOutputStream();
        out.write(request);
        out.flush();
        return outcome(to, new BufferedInputStream(to.getInputStream()));
    }

    /** Ends it at once, wherever it is; from any thread, never blocks. */
    void abort() {
        aborted = true;
        close();
    }

    boolean isAborted() {
        return aborted;
    }

    /** Cuts the connection below TLS, which would have a word to say first, and could wait for it to be heard. */
    @Override
    public void close() {
        Socket used = socket;
        if (used != null) {
            try {
                used.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "a connection was not closed", e);
            }
        }
    }

    private Socket connected(InetAddress[] addresses) throws IOException {
        IOException failure = new UnknownHostException("there is no host " + target.host());
        for (InetAddress address : byTurns(addresses)) {
            Socket plain = new Socket(Proxy.NO_PROXY);
            socket = plain;
            if (aborted) {
                plain.close();
            }
            try {
                plain.connect(new InetSocketAddress(address, target.port()), (int)
                        ways.bounds.connecting().toMillis());
                return plain;
            } catch (IOException e) {
                plain.close();
                failure = e;
            }
        }
        throw failure;
    }

    /** The first few, of both families where there are both: this machine may be on one of them only (as RFC 8305 §4 has it). */
    private static List<InetAddress> byTurns(InetAddress[] addresses) {
        List<InetAddress> one = new ArrayList<>();
        List<InetAddress> other = new ArrayList<>();
        for (InetAddress address : addresses) {
            (address.getClass() == addresses[0].getClass() ? one : other).add(address);
        }
        List<InetAddress> turns = new ArrayList<>();
        for (int i = 0; i < addresses.length && turns.size() < MOST_ADDRESSES; i++) {
            one.stream().skip(i).limit(1).forEach(turns::add);
            other.stream().skip(i).limit(1).forEach(turns::add);
        }
        return turns;
    }

    private SSLSocket byTls(Socket plain) throws IOException {
        SSLSocket tls = (SSLSocket) ways.tls.get().createSocket(plain, target.host(), target.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private Outcome outcome(Socket from, InputStream in) throws IOException {
        int left = MOST_HEAD_BYTES;
        while (true) {
            String line = line(in, left);
            Matcher status = STATUS.matcher(line);
            if (!status.matches()) {
                return new Outcome.Failed("answered something that is not HTTP");
            }
            int code = Integer.parseInt(status.group(1));
            int length = -1;
            left -= line.length();
            for (line = line(in, left); !line.isEmpty(); line = line(in, left)) {
                Matcher told = LENGTH.matcher(line.toLowerCase(Locale.ROOT));
                length = told.matches() ? Integer.parseInt(told.group(1)) : length;
                left -= line.length() + 2;
            }
            if (code / HUNDRED != INFORMATION) {
                discard(from, in, code == 204 ? 0 : length);
                return outcome(code);
            }
        }
    }

    private static Outcome outcome(int code) {
        if (code == GONE) {
            return new Outcome.Gone();
        }
        return code / HUNDRED == SUCCESS ? new Outcome.Taken() : new Outcome.Failed("answered " + code);
    }

    /** Takes a body to its end, but no long one: a connection that is cut while something comes looks like a fault to the receiver. */
    private static void discard(Socket from, InputStream in, int length) {
        byte[] buffer = new byte[4 * 1024];
        int left = length < 0 ? MOST_BODY_BYTES : Math.min(length, MOST_BODY_BYTES);
        long end = System.nanoTime() + LONGEST_BODY_MILLIS * 1_000_000L;
        try {
            from.setSoTimeout(LONGEST_BODY_MILLIS);
            while (left > 0 && System.nanoTime() - end < 0) {
                int read = in.read(buffer, 0, Math.min(left, buffer.length));
                left = read < 0 ? 0 : left - read;
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "an answer had no end", e);
        }
    }

    private static String line(InputStream in, int most) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("hung up before it had answered");
            }
            if (line.length() >= most) {
                throw new IOException("its answer's head is too long");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** What a failure to connect or to be answered was, in words for the operator. */
    static String reason(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return "did not answer in time";
        }
        String said = String.valueOf(e.getMessage());
        return e instanceof SSLException ? "no TLS: " + said : said;
    }
}
