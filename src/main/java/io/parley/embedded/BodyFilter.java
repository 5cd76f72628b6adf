package io.parley.embedded;

import java.util.Map;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * Calls a servlet only when the whole of a short body is there.
 *
 * <p>A servlet that reads a body waits for it, and with it a thread: as many peers as there are threads, each sending a byte now and then,
 * would stop the server. Here they cost a buffer each. A longer body must say its length and goes to its servlet as it comes, which had
 * better read it asynchronously. Immutable.
 */
final class BodyFilter extends BaseFilter {

    /** Longest body that is collected, in bytes; longer than any command, text or hook may be. */
    static final int WHOLE_BYTES = 256 * 1024;

    private static final int LENGTH_REQUIRED = 411;

    @Override
    public NextAction handleRead(FilterChainContext ctx) {
        HttpContent message = ctx.getMessage();
        if (!(message.getHttpHeader() instanceof HttpRequestPacket request)
                || message.isLast()
                || request.isUpgrade()
                || request.getContentLength() > WHOLE_BYTES) {
            return ctx.getInvokeAction();
        }
        if (message.getContent().remaining() > WHOLE_BYTES) {
            return Answers.refuse(ctx, request, LENGTH_REQUIRED, Map.of());
        }
        if (request.requiresAcknowledgement()) {
            goOn(ctx, request.getResponse());
        }
        return ctx.getStopAction(message);
    }

    /** Tells a peer that asked first to send the body (RFC 9110 §10.1.1). */
    private static void goOn(FilterChainContext ctx, HttpResponsePacket response) {
        response.setStatus(HttpStatus.CONINTUE_100);
        response.setAcknowledgement(true);
        ctx.write(HttpContent.builder(response).build());
        response.setStatus(HttpStatus.OK_200);
    }
}
