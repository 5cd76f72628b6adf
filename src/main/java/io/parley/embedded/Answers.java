package io.parley.embedded;

import java.util.List;
import java.util.Map;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.tyrus.core.Utils;

/** Answers that are given without a servlet. Stateless. */
final class Answers {

    private Answers() {}

    /** Writes the head of an answer, after which the connection is no longer HTTP. */
    static void upgrade(
            FilterChainContext ctx, HttpRequestPacket request, int status, Map<String, List<String>> headers) {
        ctx.write(HttpContent.builder(head(request, status, headers)).build());
    }

    /** Writes an answer without a body and ends the connection. */
    static NextAction refuse(
            FilterChainContext ctx, HttpRequestPacket request, int status, Map<String, List<String>> headers) {
        HttpResponsePacket answer = head(request, status, headers);
        answer.setContentLength(0);
        answer.setHeader("Connection", "close");
        ctx.write(HttpContent.builder(answer).last(true).build());
        ctx.getConnection().closeSilently();
        return ctx.getStopAction();
    }

    private static HttpResponsePacket head(HttpRequestPacket request, int status, Map<String, List<String>> headers) {
        HttpResponsePacket answer = request.getResponse();
        answer.setProtocol(Protocol.HTTP_1_1);
        answer.setStatus(status);
        headers.forEach((name, values) -> answer.setHeader(name, Utils.getHeaderFromList(values)));
        return answer;
    }
}
