package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.nio.NIOConnection;
import org.junit.jupiter.api.Test;

/** What the server makes of a request before any servlet does. */
class RequestProbeTest {

    @Test
    void ofAnEventStreamOneWriteMayWaitAndOfOtherAnswersMore() throws Exception {
        LinkedBlockingQueue<Integer> pending = new LinkedBlockingQueue<>();
        Live<Connection<?>> live = new Live<>();
        HttpServer server = new HttpServer();
        server.addListener(new NetworkListener("probe", "127.0.0.1", 0));
        Wiring.configure(server.getServerConfiguration(), new RequestProbe(live));
        server.getServerConfiguration().addHttpHandler(new HttpHandler() {
            @Override
            public void service(Request request, Response response) {
                pending.add(((NIOConnection) request.getContext().getConnection()).getMaxAsyncWriteQueueSize());
            }
        });
        server.start();
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.getListener("probe").getPort())) {
            ask(socket, "text/event-stream");
            assertEquals(1, pending.poll(20, TimeUnit.SECONDS));
            ask(socket, "*/*");
            assertEquals(Wiring.PENDING_BYTES, pending.poll(20, TimeUnit.SECONDS));
        } finally {
            server.shutdownNow();
        }
    }

    private static void ask(Socket socket, String accept) throws Exception {
        OutputStream out = socket.getOutputStream();
        out.write(("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
    }
}
