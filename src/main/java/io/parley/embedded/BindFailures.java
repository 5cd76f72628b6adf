package io.parley.embedded;

import io.parley.config.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;

/** Says in a line why an address could not be bound. */
final class BindFailures {

    private static final int FIRST_FREE_PORT = 1024;

    private BindFailures() {}

    /**
     * Binds the address and lets go of it: who starts twice is told so before the application has begun.
     *
     * @throws StartFailure when it cannot be bound
     */
    static void rehearse(String host, int port) {
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw explain(host, port, e);
        }
    }

    static StartFailure explain(String host, int port, IOException cause) {
        return new StartFailure(line(host, port, cause), cause);
    }

    private static String line(String host, int port, IOException cause) {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return "parley.host is \"%s\": there is no such name or address".formatted(host);
        }
        if (!isOurs(address)) {
            return "parley.host is \"%s\": that is no address of this machine".formatted(host);
        }
        if (port > 0 && port < FIRST_FREE_PORT && !(cause instanceof java.net.BindException)) {
            return "parley.port is %d: this user may not open a port below %d".formatted(port, FIRST_FREE_PORT);
        }
        return "parley.port is %d: cannot listen there on %s (%s); stop what uses it, or set another (0 picks a free one)"
                .formatted(port, host, cause.getMessage());
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
