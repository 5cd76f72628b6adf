package io.parley;

import io.parley.config.Settings;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Under which addresses a browser reaches the embedded server. Stateless. */
final class Reach {

    private Reach() {}

    static List<String> urls(Settings settings, int port) {
        try {
            InetAddress bound = InetAddress.getByName(settings.host());
            if (!bound.isLoopbackAddress() && !settings.hosts().isEmpty()) {
                return settings.hosts().stream()
                        .sorted()
                        .map(host -> scheme(settings) + (host.matches(".*:\\d+") ? host : host + ":" + port) + "/")
                        .toList();
            }
            Stream<InetAddress> addresses = bound.isAnyLocalAddress()
                    ? Stream.concat(Stream.of(InetAddress.getLoopbackAddress()), ofThisMachine(bound))
                    : Stream.of(bound);
            return addresses
                    .map(address -> url(scheme(settings), address, port))
                    .toList();
        } catch (UnknownHostException e) {
            return List.of(scheme(settings) + settings.host() + ":" + port + "/");
        }
    }

    private static String scheme(Settings settings) {
        return settings.tls().isPresent() ? "https://" : "http://";
    }

    private static Stream<InetAddress> ofThisMachine(InetAddress any) {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Reach::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .filter(address -> address instanceof Inet4Address || any instanceof Inet6Address);
        } catch (SocketException e) {
            return Stream.empty();
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String url(String scheme, InetAddress address, int port) {
        String text = address.getHostAddress();
        String host = text.equals("127.0.0.1")
                ? "localhost"
                : address instanceof Inet6Address ? "[" + text.replaceFirst("%.*", "") + "]" : text;
        return scheme + host + ":" + port + "/";
    }
}
