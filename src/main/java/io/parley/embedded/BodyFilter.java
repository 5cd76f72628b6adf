package io.parley.embedded;

import java.time.Duration;
import java.util.Map;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Calls a servlet only when the whole of a short body is there.
 *
 * <p>A servlet that reads a body waits for it, and with it a thread: as many peers as there are threads, each sending a byte now and then,
 * would stop the server. Here they cost a buffer each, and all together no more than a budget: whose next piece does not fit is refused, and
 * so is one that comes when the body has taken too long, for each piece lets its connection stay for a while more. A longer body must say its length and goes to its servlet as it comes, which had better read it asynchronously. Thread-safe.
 */
final class BodyFilter extends BaseFilter {

    /** Longest body that is collected, in bytes; longer than any command, text or hook may be. */
    static final int WHOLE_BYTES = 256 * 1024;

    private static final int TIMEOUT = 408;
    private static final int LENGTH_REQUIRED = 411;
    private static final int UNAVAILABLE = 503;

    private final Attribute<BodyBudget.@Nullable Share> share =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(BodyFilter.class.getName());
    private final BodyBudget budget;
    private final Duration longest;

    /**
     * @param budget what all bodies together may take
     * @param longest how long a body may be on its way
     */
    BodyFilter(BodyBudget budget, Duration longest) {
        this.budget = budget;
        this.longest = longest;
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) {
        HttpContent message = ctx.getMessage();
        if (!(message.getHttpHeader() instanceof HttpRequestPacket request)
                || message.isLast()
                || request.isUpgrade()
                || request.getContentLength() > WHOLE_BYTES) {
            letGo(ctx.getConnection());
            return ctx.getInvokeAction();
        }
        int bytes = message.getContent().remaining();
        if (bytes > WHOLE_BYTES) {
            letGo(ctx.getConnection());
            return Answers.refuse(ctx, request, LENGTH_REQUIRED, Map.of());
        }
        BodyBudget.Share held = share(ctx.getConnection());
        if (held.age().compareTo(longest) > 0) {
            held.letGo();
            return Answers.refuse(ctx, request, TIMEOUT, Map.of());
        }
        if (!held.grow(bytes)) {
            return Answers.refuse(ctx, request, UNAVAILABLE, Map.of());
        }
        if (request.requiresAcknowledgement()) {
            goOn(ctx, request.getResponse());
        }
        return ctx.getStopAction(message);
    }

    /** What the connection holds of the budget; it goes with the connection. */
    private BodyBudget.Share share(Connection<?> connection) {
        BodyBudget.Share held = share.get(connection);
        if (held == null) {
            BodyBudget.Share made = budget.new Share();
            share.set(connection, made);
            connection.addCloseListener((CloseListener<Closeable, CloseType>) (closed, how) -> made.end());
            return made;
        }
        return held;
    }

    private void letGo(Connection<?> connection) {
        BodyBudget.Share held = share.get(connection);
        if (held != null) {
            held.letGo();
        }
    }

    /** Tells a peer that asked first to send the body (RFC 9110 §10.1.1). */
    private static void goOn(FilterChainContext ctx, HttpResponsePacket response) {
        response.setStatus(HttpStatus.CONINTUE_100);
        response.setAcknowledgement(true);
        ctx.write(HttpContent.builder(response).build());
        response.setStatus(HttpStatus.OK_200);
    }
}
