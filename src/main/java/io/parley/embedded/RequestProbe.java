package io.parley.embedded;

import io.parley.transport.events.EventsDoor;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpServerProbe;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.nio.NIOConnection;

/** Keeps which connections have a request under way, and how much may wait for their readers. Thread-safe. */
final class RequestProbe extends HttpServerProbe.Adapter {

    /**
     * Bytes of an event stream that may wait for its reader before it is said to be not ready: whatever was begun. So its writer knows of each
     * write when it is gone, and a reader that stalls has one batch in memory; otherwise half a megabyte.
     */
    private static final int ONE_WRITE = 1;

    private final Live<Connection<?>> requests;

    RequestProbe(Live<Connection<?>> requests) {
        this.requests = requests;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void onRequestReceiveEvent(HttpServerFilter filter, Connection connection, Request request) {
        requests.add(connection);
        request.setAttribute(AsyncRequest.RESPONSE, request.getResponse());
        if (isStream(request)) {
            ((NIOConnection) connection).setMaxAsyncWriteQueueSize(ONE_WRITE);
        }
    }

    /** The peer has gone before the answer: Grizzly tells no servlet of that. */
    @Override
    @SuppressWarnings("rawtypes")
    public void onRequestCancelEvent(HttpServerFilter filter, Connection connection, Request request) {
        requests.remove(connection);
        if (request.getAttribute(EventsDoor.GONE) instanceof Runnable gone) {
            gone.run();
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void onRequestCompleteEvent(HttpServerFilter filter, Connection connection, Response response) {
        requests.remove(connection);
        ((NIOConnection) connection).setMaxAsyncWriteQueueSize(Wiring.PENDING_BYTES);
    }

    private static boolean isStream(Request request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/event-stream");
    }
}
