package io.parley.embedded;

import java.util.ArrayList;
import java.util.List;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacketParsing;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.util.MimeHeaders;

/**
 * Grizzly's HTTP, but a request that does not say plainly where it ends gets 400 and its connection is heard no more (RFC 9112 §6.3, §11.2).
 *
 * <p>Grizzly takes a Transfer-Encoding for chunked that only begins with the word, takes a body in another encoding to be none, and takes
 * both lengths at once. A proxy in front that reads it otherwise would let through, as the body of one request, what is another one here.
 * Thread-safe.
 */
final class PlainHttp extends HttpServerFilter {

    /** Fits into a long with room to spare. */
    private static final int LENGTH_DIGITS = 15;

    // There is no other constructor yet.
    @SuppressWarnings("deprecation")
    PlainHttp(NetworkListener listener) {
        super(
                listener.isChunkingEnabled(),
                listener.getMaxHttpHeaderSize(),
                null,
                listener.getKeepAlive(),
                null,
                listener.getMaxRequestHeaders(),
                listener.getMaxResponseHeaders());
    }

    /** Whether it is bad. Asked here, since Grizzly forgets a Content-Length when it meets a Transfer-Encoding after it. */
    @Override
    protected boolean onHttpHeaderParsed(HttpHeader header, Buffer buffer, FilterChainContext ctx) {
        int lengthsSeen = ((HttpPacketParsing) header).getHeaderParsingState().contentLengthHeadersCount;
        return super.onHttpHeaderParsed(header, buffer, ctx) || !isPlain((HttpRequestPacket) header, lengthsSeen);
    }

    private static boolean isPlain(HttpRequestPacket request, int lengthsSeen) {
        MimeHeaders headers = request.getHeaders();
        for (String name : headers.names()) {
            if (!isToken(name)) {
                return false;
            }
        }
        List<String> encodings = values(headers, "Transfer-Encoding");
        List<String> lengths = values(headers, "Content-Length");
        if (request.isIgnoreContentModifiers()) {
            // It is about to become a WebSocket: what follows is no body.
            return encodings.isEmpty() && (lengths.isEmpty() || lengths.equals(List.of("0")));
        }
        if (encodings.isEmpty()) {
            return lengths.isEmpty() || (lengths.size() == 1 && isLength(lengths.get(0)));
        }
        return lengths.isEmpty()
                && lengthsSeen == 0
                && encodings.size() == 1
                && encodings.get(0).equalsIgnoreCase("chunked")
                && request.getProtocol() == Protocol.HTTP_1_1;
    }

    private static List<String> values(MimeHeaders headers, String name) {
        List<String> values = new ArrayList<>(1);
        headers.values(name).forEach(value -> values.add(value.strip()));
        return values;
    }

    private static boolean isLength(String value) {
        return !value.isEmpty()
                && value.length() <= LENGTH_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The name of "Transfer-Encoding : chunked" ends in a space here, and in some proxies it does not (RFC 9112 §5.1). */
    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }
}
