package io.parley.conformance;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The request that opens a WebSocket (RFC 6455 §4.1), with whatever headers a test wants. Immutable. */
record Handshake(
        InetSocketAddress address,
        String target,
        String host,
        String version,
        List<String> headers,
        Optional<Integer> receiveBufferBytes) {
    static final String KEY = "x3JJHMbDL1EzLkh9GBhXDw==";
    static final String ACCEPT = "HSmrc0sMlYUkAGmm5OPpG2HaGWk=";

    Handshake {
        headers = List.copyOf(headers);
    }

    Handshake to(String newTarget) {
        return new Handshake(address, newTarget, host, version, headers, receiveBufferBytes);
    }

    Handshake query(String query) {
        return to(target + "?" + query);
    }

    Handshake host(String newHost) {
        return new Handshake(address, target, newHost, version, headers, receiveBufferBytes);
    }

    Handshake version(String newVersion) {
        return new Handshake(address, target, host, newVersion, headers, receiveBufferBytes);
    }

    Handshake origin(String origin) {
        return header("Origin", origin);
    }

    Handshake protocols(String list) {
        return header("Sec-WebSocket-Protocol", list);
    }

    Handshake header(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new Handshake(address, target, host, version, more, receiveBufferBytes);
    }

    /** With so little room for what is not read that a server soon notices. */
    Handshake receiveBuffer(int bytes) {
        return new Handshake(address, target, host, version, headers, Optional.of(bytes));
    }

    /** The request, as it goes over the wire. */
    String request() {
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
        request.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + KEY + "\r\n");
        request.append("Sec-WebSocket-Version: " + version + "\r\n");
        headers.forEach(header -> request.append(header).append("\r\n"));
        return request.append("\r\n").toString();
    }

    /** Asks, and hangs up after the answer. */
    HttpAnswer answer() {
        try (WireClient wire = new WireClient(this)) {
            return wire.answer();
        }
    }
}
