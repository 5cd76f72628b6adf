package io.parley.hooks;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What hosts' names stand for. Thread-safe; blocks. */
interface Names {
    /** The system's own. */
    Names OF_THE_SYSTEM = InetAddress::getAllByName;

    /** All addresses of a name, at least one; an address is its own. */
    InetAddress[] of(String host) throws UnknownHostException;
}
