package io.parley.embedded;

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

    @Override
    @SuppressWarnings("rawtypes")
    public void onRequestCompleteEvent(HttpServerFilter filter, Connection connection, Response response) {
        requests.remove(connection);
    }
}
