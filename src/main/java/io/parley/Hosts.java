package io.parley;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What addresses mean. Stateless. */
final class Hosts {
    private Hosts() {}

    /** Whether that address can be reached from this machine alone. */
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
