package io.parley.embedded;

import java.io.CharConversionException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.RequestURIRef;

/**
 * Answers a malformed address with 400, which Grizzly would answer with 500: a peer's fault is not ours.
 *
 * <p>Such are a percent sign without two hexadecimal digits, an encoded slash or NUL, and one that climbs above the root. Immutable.
 */
final class AddressFilter extends BaseFilter {

    private static final int BAD_REQUEST = 400;

    @Override
    public NextAction handleRead(FilterChainContext ctx) {
        HttpContent message = ctx.getMessage();
        if (message.getHttpHeader() instanceof HttpRequestPacket request && !isWellFormed(request.getRequestURIRef())) {
            return Answers.refuse(ctx, request, BAD_REQUEST, Map.of());
        }
        return ctx.getInvokeAction();
    }

    private static boolean isWellFormed(RequestURIRef address) {
        if (address.isDecoded()) {
            return true;
        }
        try {
            address.setDefaultURIEncoding(StandardCharsets.UTF_8);
            address.getDecodedRequestURIBC(false);
            return true;
        } catch (CharConversionException | RuntimeException e) {
            return false;
        }
    }
}
