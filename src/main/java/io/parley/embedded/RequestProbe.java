package io.parley.embedded;

import io.parley.transport.events.EventsDoor;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpServerProbe;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Keeps which connections have a request under way. Thread-safe. */
final class RequestProbe extends HttpServerProbe.Adapter {

    private final Live<Connection<?>> requests;

    RequestProbe(Live<Connection<?>> requests) {
        this.requests = requests;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void onRequestReceiveEvent(HttpServerFilter filter, Connection connection, Request request) {
        requests.add(connection);
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
    }
}
